import { detectors as registered } from '@/lib/detectors'
import type { Rule } from '@/lib/detectors/detector'
import { ATTACK_VERSION, findTechnique, techniqueTitle } from '@/lib/domain/techniques'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { AlarmStore } from '@/lib/store/ports'

type Counts = Awaited<ReturnType<AlarmStore['techniqueCounts']>>

export interface DetectorCoverage {
  readonly id: string
  readonly title: string
  /** Alarms that claim the technique: all, those still open or escalated, those a person confirmed. */
  readonly alarms: number
  readonly open: number
  readonly truePositive: number
}

export interface Coverage {
  readonly attackVersion: string
  readonly techniques: {
    readonly id: string
    readonly name: string
    readonly tactics: string[]
    readonly url: string
    readonly detectors: DetectorCoverage[]
  }[]
}

/** Techniques that a detector can claim or an alarm did claim, in order of id; what is not listed is not covered. */
export async function getCoverage(ctx: Pick<ServiceContext, 'actor' | 'alarms'>): Promise<Coverage> {
  requirePermission(ctx, 'coverage:read')
  const counts = await ctx.alarms.techniqueCounts()
  const rules = registered.map((detector) => detector.rule)
  const ids = new Set([...rules.flatMap((rule) => rule.techniques), ...counts.map((count) => count.technique)])
  return {
    attackVersion: ATTACK_VERSION,
    techniques: [...ids].sort().map((id) => ({ ...describeTechnique(id), detectors: detectorsOf(id, rules, counts) })),
  }
}

function describeTechnique(id: string) {
  const known = findTechnique(id)
  const url = known?.url ?? `https://attack.mitre.org/techniques/${id.replace('.', '/')}/`
  return { id, name: techniqueTitle(id), tactics: [...(known?.tactics ?? [])], url }
}

function detectorsOf(technique: string, rules: readonly Rule[], counts: Counts): DetectorCoverage[] {
  const own = counts.filter((count) => count.technique === technique)
  const claiming = rules.filter((rule) => rule.techniques.includes(technique)).map((rule) => rule.id)
  // An alarm outlives the detector that raised it.
  const ids = [...new Set([...claiming, ...own.map((count) => count.detector)])]
  return ids.map((id) => {
    const { total = 0, open = 0, truePositive = 0 } = own.find((count) => count.detector === id) ?? {}
    return { id, title: rules.find((rule) => rule.id === id)?.title ?? id, alarms: total, open, truePositive }
  })
}
