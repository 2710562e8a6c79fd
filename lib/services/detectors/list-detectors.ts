import { detectors as registered } from '@/lib/detectors'
import { UNTOUCHED } from '@/lib/domain/detector-settings'
import type { DetectorStatus } from '@/lib/domain/detector-status'
import type { EngineCommands } from '@/lib/domain/engine-commands'
import type { Severity } from '@/lib/domain/severity'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

const WEEK_MS = 7 * 86_400_000

export interface DetectorSummary {
  readonly id: string
  readonly title: string
  readonly description: string
  readonly severity: Severity
  readonly risk: number
  readonly techniques: string[]
  readonly enabled: boolean
  /** Settings that differ from their default, and exceptions. */
  readonly changed: number
  readonly changedAt: number | null
  readonly changedByName: string | null
  /** Event time up to which it has looked since the engine started; null when nothing came since, or the engine did not say. */
  readonly lookedUntil: number | null
  /** What it learned and when it runs; null when it tells nothing, or the engine did not say. */
  readonly status: DetectorStatus | null
  /** Alarms of the last seven days by where they stand now. */
  readonly week: { open: number; escalated: number; truePositive: number; closedOtherwise: number; suppressed: number }
}

/** Every detector, in the order they are registered, with what it brought in the last seven days. */
export async function listDetectors(ctx: ServiceContext): Promise<{ weekFrom: number; detectors: DetectorSummary[] }> {
  requirePermission(ctx, 'detector:read')
  const now = ctx.now()
  const range = { fromMs: now - WEEK_MS, toMs: now + 1 }
  const [settings, outcomes, activity] = await Promise.all([ctx.detectorSettings.all(), ctx.alarms.outcomes(range), activityOf(ctx)])
  return {
    weekFrom: range.fromMs,
    detectors: registered.map(({ rule }) => {
      const { config, changes } = settings[rule.id] ?? UNTOUCHED
      const own = outcomes.filter(({ detector }) => detector === rule.id)
      const sum = (of: (outcome: (typeof own)[number]) => boolean) => own.filter(of).reduce((total, { count }) => total + count, 0)
      return {
        ...{ id: rule.id, title: rule.title, description: rule.description, severity: rule.severity, risk: rule.risk },
        techniques: [...rule.techniques],
        enabled: config.enabled,
        changed: Object.keys(config.values).length + config.exceptions.length,
        changedAt: changes[0]?.at ?? null,
        changedByName: changes[0]?.byName ?? null,
        lookedUntil: activity[rule.id]?.lastStepAt ?? null,
        status: activity[rule.id]?.status ?? null,
        week: {
          open: sum(({ status }) => status === 'open'),
          escalated: sum(({ status }) => status === 'escalated'),
          truePositive: sum(({ status, reason }) => status === 'closed' && reason === 'true-positive'),
          closedOtherwise: sum(({ status, reason }) => status === 'closed' && reason !== 'true-positive'),
          suppressed: sum(({ status }) => status === 'suppressed'),
        },
      }
    }),
  }
}

/** A page that lists settings must not fail because the engine is starting. */
async function activityOf(ctx: ServiceContext): Promise<EngineCommands['detectors.activity']['result']> {
  try {
    return ctx.engine.state() === 'ready' ? await ctx.engine.command('detectors.activity', {}) : {}
  } catch {
    return {}
  }
}
