import type { DetectorConfig } from '@/lib/domain/detector-settings'
import { defaultsOf, type Rule, type RuleException, type Settings } from './detector'

/** What a detector runs with. */
export interface EffectiveConfig {
  readonly enabled: boolean
  readonly settings: Settings
  readonly exceptions: readonly RuleException[]
}

/** Defaults, overlaid by what people chose; a value of a parameter that is gone, or beyond bounds that changed, does not count. */
export function effectiveConfig(rule: Rule, config: DetectorConfig): EffectiveConfig {
  const chosen = rule.parameters.flatMap(({ id, min, max }) => {
    const value = Object.hasOwn(config.values, id) ? config.values[id] : undefined
    return value === undefined || value < min || value > max ? [] : [[id, value] as const]
  })
  return {
    enabled: config.enabled,
    settings: { ...defaultsOf(rule), ...Object.fromEntries(chosen) },
    exceptions: rule.exceptions === undefined ? [] : config.exceptions.map(({ kql, expiresAt }) => ({ kql, expiresAt })),
  }
}
