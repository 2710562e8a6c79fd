import { INDICATOR_WORDS, type Indicators } from '../escalation-indicators'
import { ESCALATION_STATUS_WORDS, timelineOf } from '../escalation-timeline'
import { defang, inertText } from '../inert-text'
import { type Handover, stepsDone, utc, whoOf } from './handover'

/** Characters that mean something to Markdown, HTML, mentions, references and maths. */
const MARKUP = /[\\`*_{}[\]<>()#+!|~$&=@]/g

/**
 * One line of text that Markdown shows and does not read: no link, no image, no code, no HTML, no table cell, no heading.
 * Control characters become visible escapes; a URL's colon and a `www.` are broken so that nothing is linked by itself.
 */
export function markdownText(text: string): string {
  return inertText(text)
    .trim()
    .replace(MARKUP, '\\$&')
    .replaceAll('://', '\\://')
    .replaceAll(/www\./gi, (www) => `${www.slice(0, 3)}\\.`)
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^[-]/, '\\-')
}

/** Text of several lines, as a quote. */
const quoted = (text: string, indent: string): string =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => `${indent}> ${markdownText(line)}`)
    .join('\n')

/** A text as code: the fence is longer than any run of backticks within, so that nothing ends it early. */
function fenced(lines: readonly string[]): string {
  const text = lines.join('\n')
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}text\n${text}\n${fence}`
}

/** The hand-over as Markdown (CommonMark with tables), names defanged. */
export function toMarkdown(handover: Handover): string {
  const { detail, indicators, writtenAt, writtenBy } = handover
  const { escalation, alarms } = detail
  const owner = escalation.owner === null ? 'nobody' : markdownText(escalation.owner.name)
  return [
    `# ${escalation.id}: ${markdownText(escalation.title)}`,
    [
      `- Status: ${ESCALATION_STATUS_WORDS[escalation.status]}`,
      `- Owner: ${owner}`,
      `- Opened: ${utc(escalation.createdAt)} by ${markdownText(escalation.createdBy.name)}`,
      `- Attached: ${alarms.length} of ${alarms.length} alarms; ${stepsDone(detail)}`,
      `- Written: ${utc(writtenAt)} by ${markdownText(writtenBy.name)}, version ${escalation.version}`,
    ].join('\n'),
    '## Alarms',
    alarmTable(handover),
    '## Response',
    tasksOf(handover),
    '## Indicators',
    'Defanged: `.` is written `[.]`.',
    ...indicatorSections(indicators),
    '## Timeline',
    timelineLines(handover),
    '',
  ].join('\n\n')
}

function alarmTable(handover: Handover): string {
  const {
    detail: { alarms },
    detectorTitles,
  } = handover
  if (alarms.length === 0) return 'None.'
  const rows = alarms.map((alarm) => {
    const { id, severity, detector, zone, firstSeenAt, lastSeenAt, summary } = alarm
    const who = whoOf(handover, alarm).map((part) => markdownText(defang(part)))
    const why = zone === null ? summary : summary.replaceAll(zone, defang(zone))
    const cells = [id, severity, markdownText(detectorTitles[detector] ?? detector), markdownText(defang(zone ?? ''))]
    return `| ${[...cells, who.join(', '), utc(firstSeenAt), utc(lastSeenAt), markdownText(why)].join(' | ')} |`
  })
  return [
    '| Alarm | Severity | Detector | Domain | Host, user | First seen | Last seen | Why |',
    '|---|---|---|---|---|---|---|---|',
    ...rows,
  ].join('\n')
}

function tasksOf({ detail: { tasks } }: Handover): string {
  if (tasks.length === 0) return 'No steps.'
  return tasks
    .map(({ text, done, assignee }) => {
      const who =
        done !== null
          ? ` — ${markdownText(done.name)}, ${utc(done.at)}`
          : assignee !== null
            ? ` — ${markdownText(assignee.name)}, open`
            : ''
      return `- [${done === null ? ' ' : 'x'}] ${markdownText(text)}${who}`
    })
    .join('\n')
}

function indicatorSections(indicators: Indicators): string[] {
  const kinds = Object.keys(INDICATOR_WORDS) as (keyof Indicators)[]
  return kinds.flatMap((kind) => {
    const { values, omitted } = indicators[kind]
    if (values.length === 0) return []
    const beyond = omitted === 0 ? '' : ` (${omitted} more are not listed)`
    return [`### ${INDICATOR_WORDS[kind]}${beyond}`, fenced(values.map((value) => (kind === 'users' ? inertText(value) : defang(value))))]
  })
}

function timelineLines({ detail }: Handover): string {
  return timelineOf(detail)
    .map(({ at, byName, words, detail: what, note, alarmId, undone }) => {
      const who = alarmId ?? markdownText(byName ?? 'Dowser')
      const rest = what === null ? '' : `: ${markdownText(alarmId === null ? what : defang(what))}`
      const line = `- ${utc(at)} ${who} ${words}${rest}${undone ? ' (taken back)' : ''}`
      return note === null ? line : `${line}\n${quoted(note, '  ')}`
    })
    .join('\n')
}
