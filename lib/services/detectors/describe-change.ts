import type { Rule } from '@/lib/detectors/detector'
import { changedFields, type DetectorConfig } from '@/lib/domain/detector-settings'

/** "threshold: 15 → 10; switched off", for the audit log. */
export function describeChange(rule: Rule, before: DetectorConfig, after: DetectorConfig): string {
  return changedFields(before, after)
    .map((field) => {
      if (field === 'enabled') return after.enabled ? 'switched on' : 'switched off'
      if (field === 'exceptions') return describeExceptions(before, after)
      const standard = rule.parameters.find(({ id }) => id === field)?.default
      const value = (config: DetectorConfig) => `${config.values[field] ?? `${standard ?? '?'} (default)`}`
      return `${field}: ${value(before)} → ${value(after)}`
    })
    .join('; ')
}

function describeExceptions(before: DetectorConfig, after: DetectorConfig): string {
  const text = (config: DetectorConfig) => config.exceptions.map(({ kql }) => kql)
  const gone = text(before).filter((kql) => !text(after).includes(kql))
  const come = text(after).filter((kql) => !text(before).includes(kql))
  const parts = [...gone.map((kql) => `− ${kql}`), ...come.map((kql) => `+ ${kql}`)]
  return `exceptions: ${parts.length === 0 ? 'reason or end changed' : parts.join(', ')}`
}
