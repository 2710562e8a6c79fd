import { isoTime, type ReadTime } from '../timestamps'
import type { EventFacts } from './json-event'

/** First line of an event; what follows it must be `LogName=`. */
export const DATE_LINE = /^\d{2}\/\d{2}\/\d{4} \d{1,2}:\d{2}:\d{2}(?:\.\d{1,6})? (?:AM|PM)$/

/** Headings and labels of a 4688 message, and the fields they stand for. */
const LABELS: ReadonlyMap<string, string> = new Map([
  ['Creator Subject/Security ID', 'SubjectUserSid'],
  ['Creator Subject/Account Name', 'SubjectUserName'],
  ['Creator Subject/Account Domain', 'SubjectDomainName'],
  ['Subject/Account Name', 'SubjectUserName'],
  ['Subject/Account Domain', 'SubjectDomainName'],
  ['Target Subject/Account Name', 'TargetUserName'],
  ['Target Subject/Account Domain', 'TargetDomainName'],
  ['Process Information/New Process ID', 'NewProcessId'],
  ['Process Information/New Process Name', 'NewProcessName'],
  ['Process Information/Creator Process ID', 'ProcessId'],
  ['Process Information/Creator Process Name', 'ParentProcessName'],
  ['Process Information/Process Command Line', 'CommandLine'],
])
const PAIR = /^([A-Za-z]{1,32})=(.*)$/
const LABEL = /^\t([A-Z][A-Za-z ]{1,40}):\s{0,8}(.*)$/
const HEADING = /^([A-Z][A-Za-z ]{1,40}):$/
const SECURITY_SOURCE = 'Microsoft Windows security auditing.'

/** One event of a Splunk `WinEventLog` source, by its lines; the first of two equal fields counts. */
export function eventFromText(lines: readonly string[]): EventFacts {
  const head = new Map<string, string>()
  const data = new Map<string, string>()
  let heading: string | null = null
  for (const line of lines.slice(1)) {
    const [, key, value] = heading === null ? (PAIR.exec(line) ?? []) : []
    if (key === 'Message') heading = ''
    else if (key !== undefined && value !== undefined && !head.has(key)) head.set(key, value)
    if (heading === null) continue
    heading = HEADING.exec(line)?.[1] ?? heading
    const [, label, text] = LABEL.exec(line) ?? []
    const name = LABELS.get(`${heading}/${label}`)
    if (name !== undefined && text !== undefined && !data.has(name)) data.set(name, text.trim())
  }
  const source = head.get('SourceName') ?? ''
  const host = head.get('ComputerName') ?? null
  return {
    provider: source === SECURITY_SOURCE ? 'Microsoft-Windows-Security-Auditing' : source,
    code: head.get('EventCode') ?? '',
    data: Object.fromEntries(data),
    created: dateOf(lines[0] ?? ''),
    hostName: host,
    sensor: host,
  }
}

/** The forwarder's local date in United States form. */
function dateOf(line: string): ReadTime {
  const [, month, day, year, hour, rest, half] = /^(\d\d)\/(\d\d)\/(\d{4}) (\d{1,2}):(\S{5,12}) (AM|PM)$/.exec(line) ?? []
  const hours = (Number(hour) % 12) + (half === 'PM' ? 12 : 0)
  return isoTime(`${year}-${month}-${day}T${String(hours).padStart(2, '0')}:${rest}`)
}
