import type { Indicators } from '../escalation-indicators'
import { timelineOf } from '../escalation-timeline'
import type { Handover } from './handover'

const iso = (at: number): string | null => (Number.isFinite(at) && Math.abs(at) <= 8.64e15 ? new Date(at).toISOString() : null)

/** Characters that a terminal or viewer would act on; JSON knows an escape for each that means the same. */
const UNSAFE = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu

/** Every code unit as JSON writes it. */
const escaped = (character: string): string =>
  Array.from({ length: character.length }, (_, unit) => `\\u${character.charCodeAt(unit).toString(16).padStart(4, '0')}`).join('')

/** STIX 2.1 patterns, where one exists for the kind. */
const PATTERNS: Readonly<Partial<Record<keyof Indicators, (value: string) => string>>> = {
  zones: (value) => `[domain-name:value = ${literal(value)}]`,
  sampleNames: (value) => `[domain-name:value = ${literal(value)}]`,
  servers: (value) => {
    if (/^\d{1,3}(\.\d{1,3}){3}$/.test(value)) return `[ipv4-addr:value = ${literal(value)}]`
    return value.includes(':') ? `[ipv6-addr:value = ${literal(value)}]` : `[domain-name:value = ${literal(value)}]`
  },
}

/** A string literal of the STIX patterning grammar. */
const literal = (value: string): string => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`

/**
 * The hand-over for programs. Names of fields are those of STIX 2.1 where it has one (`created`, `name`, `pattern`, …); it is
 * no STIX bundle. Values are as the logs had them, not defanged; characters that viewers act on are written as `\uXXXX`.
 */
export function toJson(handover: Handover): string {
  const { detail, indicators, writtenAt, writtenBy, detectorTitles, sourceNames } = handover
  const { escalation, alarms, tasks } = detail
  const document = {
    type: 'report',
    format: 'dowser-handover',
    format_version: 1,
    id: escalation.id,
    name: escalation.title,
    created: iso(escalation.createdAt),
    modified: iso(escalation.updatedAt),
    created_by: escalation.createdBy.name,
    published: iso(writtenAt),
    published_by: writtenBy.name,
    status: escalation.status,
    owner: escalation.owner?.name ?? null,
    revision: escalation.version,
    alarms_attached: alarms.length,
    observed_data: alarms.map((alarm) => ({
      type: 'observed-data',
      id: alarm.id,
      first_observed: iso(alarm.firstSeenAt),
      last_observed: iso(alarm.lastSeenAt),
      number_observed: alarm.queries,
      detector: alarm.detector,
      detector_name: detectorTitles[alarm.detector] ?? null,
      severity: alarm.severity,
      score: alarm.score,
      status: alarm.status,
      domain_name: alarm.zone,
      source: alarm.source,
      source_name: sourceNames[alarm.id] ?? null,
      host: alarm.hostName,
      user_account: alarm.userName,
      description: alarm.summary,
      tool: alarm.tool,
      attack_patterns: alarm.techniques.map(({ id, because }) => ({ external_id: id, description: because })),
    })),
    indicators: indicatorsOf(indicators),
    course_of_action: tasks.map(({ text, detector, assignee, done }) => ({
      type: 'course-of-action',
      description: text,
      detector,
      assignee: assignee?.name ?? null,
      done_by: done?.name ?? null,
      done_at: done === null ? null : iso(done.at),
    })),
    timeline: timelineOf(detail).map(({ at, byName, words, detail: what, note, alarmId, undone }) => ({
      time: iso(at),
      by: byName ?? 'Dowser',
      alarm: alarmId,
      action: words,
      detail: what,
      note,
      taken_back: undone,
    })),
  }
  return `${JSON.stringify(document, null, 2).replaceAll(UNSAFE, escaped)}\n`
}

function indicatorsOf(indicators: Indicators) {
  return Object.fromEntries(
    (Object.keys(indicators) as (keyof Indicators)[]).map((kind) => {
      const { values, omitted } = indicators[kind]
      const pattern = PATTERNS[kind]
      const rows = values.map((value) => ({ value, ...(pattern && { pattern_type: 'stix', pattern: pattern(value) }) }))
      return [kind.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), { values: rows, omitted }]
    }),
  )
}
