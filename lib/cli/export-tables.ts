import type { Alarm } from '@/lib/domain/alarm'
import type { AllowlistEntry } from '@/lib/domain/allowlist'
import type { DnsEvent } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import type { ProcessEvent } from '@/lib/domain/process-event'
import type { Coverage, DetectorCoverage } from '@/lib/services/coverage/get-coverage'
import { type Cell, instant, tableOf } from './table'

export const alarmTable = tableOf<Alarm>({
  id: (alarm) => alarm.id,
  status: (alarm) => alarm.status,
  severity: (alarm) => alarm.severity,
  score: (alarm) => alarm.score,
  detector: (alarm) => alarm.detector,
  zone: (alarm) => alarm.zone,
  source: (alarm) => alarm.source,
  hostName: (alarm) => alarm.hostName,
  userName: (alarm) => alarm.userName,
  openedAt: (alarm) => instant(alarm.openedAt),
  firstSeenAt: (alarm) => instant(alarm.firstSeenAt),
  lastSeenAt: (alarm) => instant(alarm.lastSeenAt),
  queries: (alarm) => alarm.queries,
  distinctNames: (alarm) => alarm.distinctNames,
  recurrences: (alarm) => alarm.recurrences,
  tool: (alarm) => alarm.tool?.name ?? null,
  techniques: (alarm) => alarm.techniques.map((claim) => claim.id).join(' '),
  reason: (alarm) => alarm.decision?.reason ?? null,
  decidedBy: (alarm) => alarm.decision?.byName ?? null,
  decidedAt: (alarm) => instant(alarm.decision?.at ?? null),
  summary: (alarm) => alarm.summary,
})

/** A column that only lookups have. */
const ofLookup =
  (show: (lookup: DnsEvent) => Cell) =>
  (event: LogEvent): Cell =>
    event.kind === 'dns' ? show(event) : null
/** A column that only process starts have. */
const ofStart =
  (show: (start: ProcessEvent) => Cell) =>
  (event: LogEvent): Cell =>
    event.kind === 'process' ? show(event) : null

export const eventTable = tableOf<LogEvent>({
  kind: (event) => event.kind,
  at: (event) => instant(event.at),
  timeQuality: (event) => event.timeQuality,
  id: (event) => event.id,
  source: ofLookup((lookup) => lookup.source),
  clientIp: ofLookup((lookup) => lookup.clientIp),
  clientPort: ofLookup((lookup) => lookup.clientPort),
  serverIp: ofLookup((lookup) => lookup.serverIp),
  serverPort: ofLookup((lookup) => lookup.serverPort),
  transport: ofLookup((lookup) => lookup.transport),
  qname: ofLookup((lookup) => lookup.qnameRaw ?? lookup.qname),
  qtype: ofLookup((lookup) => lookup.qtype),
  rcode: ofLookup((lookup) => lookup.rcode),
  answerCount: ofLookup((lookup) => lookup.answerCount),
  answers: ofLookup((lookup) => lookup.answers.map((answer) => answer.data).join('; ')),
  queryBytes: ofLookup((lookup) => lookup.queryBytes),
  responseBytes: ofLookup((lookup) => lookup.responseBytes),
  attempts: ofLookup((lookup) => lookup.attempts),
  scope: ofLookup((lookup) => lookup.scope),
  hostId: (event) => event.hostId,
  hostName: (event) => event.hostName,
  userName: (event) => (event.kind === 'dns' ? event.userName : event.user.name),
  processName: (event) => (event.kind === 'dns' ? event.processName : event.process.name),
  commandLine: ofStart((start) => start.process.commandLine),
  parentName: ofStart((start) => start.parent.name),
  parentCommandLine: ofStart((start) => start.parent.commandLine),
  sensor: (event) => event.sensor,
  format: (event) => event.format,
  recordNo: (event) => event.recordNo,
})

export const allowlistTable = tableOf<AllowlistEntry>({
  id: (entry) => entry.id,
  domain: (entry) => entry.domain,
  source: (entry) => entry.source,
  detector: (entry) => entry.detector,
  reason: (entry) => entry.reason,
  family: (entry) => entry.family,
  createdAt: (entry) => instant(entry.createdAt),
  createdBy: (entry) => entry.createdByName,
  expiresAt: (entry) => instant(entry.expiresAt),
  removedAt: (entry) => instant(entry.removedAt),
  removedBy: (entry) => entry.removedByName,
  hiddenAlarms: (entry) => entry.hiddenAlarms,
  lastHitAt: (entry) => instant(entry.lastHitAt),
  alarmId: (entry) => entry.alarmId,
})

/** One technique and one detector that can claim it. */
export interface CoverageRow extends Omit<DetectorCoverage, 'id' | 'title'> {
  readonly technique: string
  readonly name: string
  readonly tactics: readonly string[]
  readonly attackVersion: string
  readonly detector: string
  readonly detectorTitle: string
}

export const coverageRows = ({ attackVersion, techniques }: Coverage): readonly CoverageRow[] =>
  techniques.flatMap(({ id: technique, name, tactics, detectors }) =>
    detectors.map(({ id: detector, title: detectorTitle, ...counts }) => ({
      ...{ technique, name, tactics, attackVersion, detector, detectorTitle, ...counts },
    })),
  )

export const coverageTable = tableOf<CoverageRow>({
  technique: (row) => row.technique,
  name: (row) => row.name,
  tactics: (row) => row.tactics.join(' '),
  attackVersion: (row) => row.attackVersion,
  detector: (row) => row.detector,
  detectorTitle: (row) => row.detectorTitle,
  alarms: (row) => row.alarms,
  open: (row) => row.open,
  truePositive: (row) => row.truePositive,
})
