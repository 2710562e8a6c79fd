import type { DetectorParameter, DetectorSettingsView } from '@/lib/api/contracts/detectors'
import type { DetectorException } from '@/lib/domain/detector-settings'

/** What a person touched in the form and has not saved; it stays when somebody else's change comes in. */
export interface SettingsEdits {
  readonly enabled?: boolean
  readonly texts: Readonly<Record<string, string>>
  readonly exceptions?: readonly DetectorException[]
}

export const NO_EDITS: SettingsEdits = { texts: {} }

/** What stands in the form. */
export interface SettingsDraft {
  readonly enabled: boolean
  /** Text by parameter: what stands in the field, whether or not it is a number. */
  readonly texts: Readonly<Record<string, string>>
  readonly exceptions: readonly DetectorException[]
}

export const draftOf = (detector: DetectorSettingsView, edits: SettingsEdits = NO_EDITS): SettingsDraft => ({
  enabled: edits.enabled ?? detector.enabled,
  texts: Object.fromEntries(detector.parameters.map(({ id, value }) => [id, edits.texts[id] ?? String(value)])),
  exceptions: edits.exceptions ?? detector.exceptions,
})

/** A switch: 1 is on. */
export const isSwitch = ({ whole, min, max }: DetectorParameter): boolean => whole && min === 0 && max === 1

/** A decimal comma is taken for a point: both are written. */
export function numberOf(text: string): number | null {
  const tidy = text.trim().replace(',', '.')
  return /^-?\d+(\.\d+)?$/.test(tidy) ? Number(tidy) : null
}

export const unitText = ({ unit }: Pick<DetectorParameter, 'unit'>): string => (unit === '' || unit === 'ratio' ? '' : ` ${unit}`)

/** Why a text cannot be saved; null when it can. The server decides; this saves a refused try. */
export function parameterError(parameter: DetectorParameter, text: string): string | null {
  const value = numberOf(text)
  const { min, max, whole } = parameter
  if (value === null) return `Write a number between ${min} and ${max}.`
  if (value < min || value > max) return `Must be between ${min} and ${max}${unitText(parameter)}.`
  return whole && !Number.isInteger(value) ? 'Must be a whole number.' : null
}

export interface DraftChange {
  readonly id: string
  readonly label: string
  readonly from: string
  readonly to: string
}

const onOff = (on: boolean): string => (on ? 'on' : 'off')

function shown(parameter: DetectorParameter, value: number): string {
  return isSwitch(parameter) ? onOff(value === 1) : `${value}${unitText(parameter)}`
}

/** What saving would change, in the order of the form. Texts that are no number are compared as they stand. */
export function changesOf(detector: DetectorSettingsView, draft: SettingsDraft): readonly DraftChange[] {
  const changes: DraftChange[] = []
  if (draft.enabled !== detector.enabled)
    changes.push({ id: 'enabled', label: 'Detector', from: onOff(detector.enabled), to: onOff(draft.enabled) })
  for (const parameter of detector.parameters) {
    const text = draft.texts[parameter.id] ?? ''
    const value = numberOf(text)
    if (value === parameter.value) continue
    const to = value === null ? text : shown(parameter, value)
    changes.push({ id: parameter.id, label: parameter.label, from: shown(parameter, parameter.value), to })
  }
  if (JSON.stringify(draft.exceptions) !== JSON.stringify(detector.exceptions))
    changes.push({
      id: 'exceptions',
      label: 'Exceptions',
      from: String(detector.exceptions.length),
      to: String(draft.exceptions.length),
    })
  return changes
}

/** What the API takes; only call it when no field has an error. */
export function configOf(detector: DetectorSettingsView, draft: SettingsDraft) {
  const values = detector.parameters.map(({ id, default: standard }) => {
    const value = numberOf(draft.texts[id] ?? '')
    return [id, value === standard ? null : value] as const
  })
  return { enabled: draft.enabled, values: Object.fromEntries(values), exceptions: [...draft.exceptions] }
}

/** Equal for equal settings: tells whether a preview is of what would be saved. */
export const configKey = (config: { enabled: boolean; values: Record<string, number | null>; exceptions: unknown[] }): string =>
  JSON.stringify([config.enabled, config.values, config.exceptions])

const GROUPS = ['Counts and thresholds', 'Shares', 'Amounts of data', 'Time', 'Choices'] as const
const TIME_UNITS = new Set(['ms', 's', 'min', 'h', 'd'])
const DATA_UNITS = new Set(['B', 'kB', 'bit', 'bits'])

function groupOf(parameter: DetectorParameter): (typeof GROUPS)[number] {
  if (isSwitch(parameter)) return 'Choices'
  if (parameter.unit === 'ratio') return 'Shares'
  if (TIME_UNITS.has(parameter.unit)) return 'Time'
  return DATA_UNITS.has(parameter.unit) ? 'Amounts of data' : 'Counts and thresholds'
}

/** Parameters of one kind together, in their own order. */
export const grouped = (parameters: readonly DetectorParameter[]) =>
  GROUPS.map((title) => ({ title, parameters: parameters.filter((parameter) => groupOf(parameter) === title) })).filter(
    (group) => group.parameters.length > 0,
  )
