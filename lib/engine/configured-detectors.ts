import { z } from 'zod'
import type { Detector, DetectorRun, Finding, Step } from '@/lib/detectors/detector'
import { type EffectiveConfig, effectiveConfig } from '@/lib/detectors/effective-settings'
import { DEFAULT_CONFIG, type DetectorConfig, type DetectorSettings } from '@/lib/domain/detector-settings'
import type { DetectorStatus } from '@/lib/domain/detector-status'

/** Detectors that run with what people chose, and take up a change at their next step. */
export interface ConfiguredDetectors {
  /** Stand in for the plain ones; settings that the engine hands them are not used. */
  readonly detectors: readonly Detector[]
  /** Reads the choices anew. @returns ids of the detectors whose choices differ. */
  reload(): readonly string[]
  configOf(detectorId: string): DetectorConfig
  /** End of the last step a detector saw, epoch ms of event time; null since the start. */
  lastStepAt(detectorId: string): number | null
  /** How far the detector is that looked last; null when it tells nothing, is switched off, or nothing ran since the start. */
  statusOf(detectorId: string): DetectorStatus | null
}

interface Slot {
  config: DetectorConfig
  effective: EffectiveConfig
  /** Equal for equal choices; kept with a state, which is continued under the same choices alone. */
  fingerprint: string
  lastStepAt: number | null
  /** The run that went furthest. */
  furthest: ConfiguredRun | null
}

const snapshotSchema = z.strictObject({ under: z.string(), state: z.unknown() })

const slotOf = (detector: Detector, config: DetectorConfig, old: Slot | undefined): Slot => {
  const effective = effectiveConfig(detector.rule, config)
  const fingerprint = JSON.stringify(effective)
  return { config, effective, fingerprint, lastStepAt: old?.lastStepAt ?? null, furthest: old?.furthest ?? null }
}

/** What is in force, of settings with their history. */
export const configsOf = (settings: Readonly<Record<string, DetectorSettings>>): Readonly<Record<string, DetectorConfig>> =>
  Object.fromEntries(Object.entries(settings).map(([id, { config }]) => [id, config]))

/** @param read - what is in force, by detector id. */
export function createConfiguredDetectors(
  detectors: readonly Detector[],
  read: () => Readonly<Record<string, DetectorConfig>>,
): ConfiguredDetectors {
  const slots = new Map<string, Slot>()
  const reload = (): readonly string[] => {
    const chosen = read()
    return detectors.flatMap((detector) => {
      const { id } = detector.rule
      const old = slots.get(id)
      const next = slotOf(detector, chosen[id] ?? DEFAULT_CONFIG, old)
      if (old?.fingerprint === next.fingerprint) return []
      slots.set(id, next)
      return [id]
    })
  }
  reload()
  const slot = (id: string): Slot => {
    const found = slots.get(id)
    if (found === undefined) throw new Error(`no detector is called ${id}`)
    return found
  }
  return {
    detectors: detectors.map((detector) => ({
      ...detector,
      create: (_settings, snapshot) => new ConfiguredRun(detector, () => slot(detector.rule.id), snapshot),
    })),
    reload,
    configOf: (id) => slot(id).config,
    lastStepAt: (id) => slots.get(id)?.lastStepAt ?? null,
    statusOf: (id) => slots.get(id)?.furthest?.status() ?? null,
  }
}

/**
 * One detector under choices that may change between two steps. A change starts it anew with what it had observed
 * (`Detector.carryOver`); what it had concluded under the old choices goes. Switched off, it sees nothing and keeps nothing.
 */
class ConfiguredRun implements DetectorRun {
  private run: DetectorRun | null
  private under: string

  constructor(
    private readonly detector: Detector,
    private readonly slot: () => Slot,
    snapshot: unknown,
  ) {
    const { fingerprint } = slot()
    const saved = snapshotSchema.safeParse(snapshot)
    this.under = fingerprint
    // A state that is taken up again tells what was learned before anything new comes.
    slot().furthest ??= this
    if (!saved.success || saved.data.state === null) this.run = this.start(undefined)
    else this.run = this.start(saved.data.under === fingerprint ? saved.data.state : detector.carryOver?.(saved.data.state))
  }

  step(step: Step): readonly Finding[] {
    this.followChoices()
    if (this.run === null) return []
    const slot = this.slot()
    // Late events are looked at again from an earlier place.
    if (step.nowMs >= (slot.lastStepAt ?? step.nowMs)) {
      slot.lastStepAt = step.nowMs
      slot.furthest = this
    }
    return this.run.step(step)
  }

  wakeAt(): number | null {
    this.followChoices()
    return this.run?.wakeAt() ?? null
  }

  snapshot(): unknown {
    return { under: this.under, state: this.run?.snapshot() ?? null } satisfies z.infer<typeof snapshotSchema>
  }

  status(): DetectorStatus | null {
    return this.run?.status?.() ?? null
  }

  private followChoices(): void {
    const { fingerprint } = this.slot()
    if (fingerprint === this.under) return
    const observed = this.run === null ? undefined : this.detector.carryOver?.(this.run.snapshot())
    this.under = fingerprint
    this.run = this.start(observed)
  }

  private start(state: unknown): DetectorRun | null {
    const { enabled, settings, exceptions } = this.slot().effective
    return enabled ? this.detector.create(settings, state, exceptions) : null
  }
}
