import type { Parameter, Rule } from '@/lib/detectors/detector'
import { type DetectorConfig, type DetectorException, detectorExceptionSchema } from '@/lib/domain/detector-settings'
import { parseKql } from '@/lib/kql/parse'
import { ServiceError } from '@/lib/services/errors'

export interface ConfigInput {
  readonly enabled: boolean
  /** By parameter; null or the default itself: back to the default. */
  readonly values: Readonly<Record<string, number | null>>
  readonly exceptions: readonly DetectorException[]
}

interface BadField {
  readonly path: string
  readonly message: string
}

const MAX_KQL_CHARS = 2_000
const MAX_REASON_CHARS = 500
const unitOf = ({ unit }: Parameter): string => (unit === '' || unit === 'ratio' ? '' : ` ${unit}`)

function badValue(rule: Rule, id: string, value: number | null): readonly BadField[] {
  const parameter = rule.parameters.find((candidate) => candidate.id === id)
  const path = `values.${id}`
  if (parameter === undefined) return [{ path, message: `is no setting of ${rule.id}` }]
  if (value === null) return []
  const { min, max, default: standard } = parameter
  if (!Number.isFinite(value) || value < min || value > max)
    return [{ path, message: `must be between ${min} and ${max}${unitOf(parameter)}; the default is ${standard}` }]
  if (isWhole(parameter) && !Number.isInteger(value)) return [{ path, message: `must be a whole number between ${min} and ${max}` }]
  return []
}

/** Counts, sizes and switches are whole; ratios and factors with a broken bound or default are not. */
export const isWhole = ({ unit, min, max, default: standard }: Parameter): boolean =>
  unit !== 'ratio' && [min, max, standard].every(Number.isInteger)

function badException(rule: Rule, { kql, reason }: DetectorException, index: number): readonly BadField[] {
  const path = `exceptions.${index}`
  const bad: BadField[] = []
  if (reason.trim() === '' || reason.length > MAX_REASON_CHARS)
    bad.push({ path: `${path}.reason`, message: `say why, in at most ${MAX_REASON_CHARS} characters` })
  const refusal = kqlRefusal(kql)
  if (refusal !== null) bad.push({ path: `${path}.kql`, message: refusal })
  return rule.exceptions === undefined ? [{ path, message: `${rule.id} takes no exceptions` }] : bad
}

/** Why a query cannot be an exception; null when it can. */
export function kqlRefusal(kql: string): string | null {
  if (kql.trim() === '') return 'write a query; an empty one would except everything'
  if (kql.length > MAX_KQL_CHARS) return `must be at most ${MAX_KQL_CHARS} characters`
  try {
    parseKql(kql)
    return null
  } catch (error) {
    return error instanceof Error ? error.message : 'cannot be read'
  }
}

/** @throws ServiceError `invalid` naming every bad field and its bounds. */
export function newConfig(rule: Rule, input: ConfigInput): DetectorConfig {
  const limit = rule.exceptions?.limit ?? 0
  const bad = [
    ...Object.entries(input.values).flatMap(([id, value]) => badValue(rule, id, value)),
    ...input.exceptions.flatMap((exception, index) => badException(rule, exception, index)),
    ...(rule.exceptions !== undefined && input.exceptions.length > limit
      ? [{ path: 'exceptions', message: `there may be at most ${limit}` }]
      : []),
  ]
  if (bad.length > 0) throw new ServiceError('invalid', `Not valid: ${bad.map(({ path }) => path).join(', ')}.`, bad)
  const chosen = rule.parameters.flatMap(({ id, default: standard }) => {
    const value = Object.hasOwn(input.values, id) ? input.values[id] : undefined
    return value === undefined || value === null || value === standard ? [] : [[id, value] as const]
  })
  return {
    enabled: input.enabled,
    values: Object.fromEntries(chosen),
    exceptions: input.exceptions.map((exception) => detectorExceptionSchema.parse(exception)),
  }
}
