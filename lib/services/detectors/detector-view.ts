import type { Rule } from '@/lib/detectors/detector'
import { effectiveConfig } from '@/lib/detectors/effective-settings'
import { type DetectorSettings, UNTOUCHED } from '@/lib/domain/detector-settings'
import { isWhole } from './new-config'

/** A rule and what people chose for it, as a page shows it. */
export function detectorView(rule: Rule, settings: DetectorSettings = UNTOUCHED) {
  const { config, touched, version, changes } = settings
  const effective = effectiveConfig(rule, config)
  return {
    id: rule.id,
    version,
    enabled: config.enabled,
    enabledTouched: touched.enabled ?? null,
    parameters: rule.parameters.map((parameter) => ({
      ...parameter,
      whole: isWhole(parameter),
      value: effective.settings[parameter.id] ?? parameter.default,
      touched: touched[parameter.id] ?? null,
    })),
    presets: (rule.presets ?? []).map(({ id, label, reason, settings: values }) => ({ id, label, reason, settings: { ...values } })),
    exceptionSupport: rule.exceptions === undefined ? null : { ...rule.exceptions, fields: [...rule.exceptions.fields] },
    exceptions: [...config.exceptions],
    changes: [...changes],
  }
}
export type DetectorView = ReturnType<typeof detectorView>
