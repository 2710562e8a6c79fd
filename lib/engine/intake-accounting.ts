import type { Intake, RejectReason } from '@/lib/domain/intake'
import type { LogEvent, Reject } from '@/lib/domain/log-event'
import type { readLog } from '@/lib/formats/read-log'
import type { AlarmSink, AppendResult } from '@/lib/store/ports'

const SAMPLES_PER_REASON = 5
/** Reasons are a closed set in every parser; the bound is for the day one of them is wrong. */
const MAX_REASONS = 100

/** What the sender says about the bytes it hands over. */
export interface ImportMeta {
  /** `upload`, `api`, `cli`, `demo`, `replay`. */
  readonly via: string
  readonly name: string
  readonly bytesTotal: number | null
  readonly demo: boolean
  /** Added to every instant; for demonstration data that should look recent. */
  readonly timeShiftMs?: number
  /** Log format id, when the sender knows it. */
  readonly format?: string
  /** What reads the bytes, in place of `readLog`. */
  readonly read?: typeof readLog
}

export function newIntake(id: string, meta: ImportMeta, nowMs: number): Intake {
  return {
    id,
    via: meta.via,
    name: meta.name,
    format: meta.format ?? null,
    state: 'receiving',
    startedAt: nowMs,
    finishedAt: null,
    bytesReceived: 0,
    bytesTotal: meta.bytesTotal,
    records: 0,
    dnsEvents: 0,
    processEvents: 0,
    duplicates: 0,
    skipped: {},
    rejected: 0,
    rejects: [],
    firstEventAt: null,
    lastEventAt: null,
    alarms: 0,
    problems: [],
    error: null,
    demo: meta.demo,
  }
}

export interface ReadPart {
  readonly events: readonly LogEvent[]
  readonly rejects: readonly Reject[]
  readonly skipped: Readonly<Record<string, number>>
  readonly records: number
  readonly bytesRead: number
}

/** Adds what a batch held. `dnsEvents` and `processEvents` count what was read, `duplicates` those stored before. */
export function countBatch(intake: Intake, batch: ReadPart, appended: AppendResult): void {
  intake.bytesReceived = batch.bytesRead
  intake.records += batch.records
  for (const event of batch.events) {
    if (event.kind === 'dns') intake.dnsEvents += 1
    else intake.processEvents += 1
  }
  intake.format ??= batch.events[0]?.format ?? null
  intake.duplicates += appended.duplicates
  countSkipped(intake.skipped, batch.skipped)
  intake.rejected += batch.rejects.length
  for (const reject of batch.rejects) countReject(intake.rejects, reject)
  if (appended.firstAt !== null) intake.firstEventAt = Math.min(intake.firstEventAt ?? appended.firstAt, appended.firstAt)
  if (appended.lastAt !== null) intake.lastEventAt = Math.max(intake.lastEventAt ?? appended.lastAt, appended.lastAt)
}

export function countSkipped(skipped: Record<string, number>, added: Readonly<Record<string, number>>): void {
  for (const [reason, number] of Object.entries(added)) {
    if (!Object.hasOwn(skipped, reason) && Object.keys(skipped).length >= MAX_REASONS) continue
    skipped[reason] = (skipped[reason] ?? 0) + number
  }
}

/** Counts by reason, and keeps the first samples of each. */
export function countReject(rejects: RejectReason[], { reason, recordNo, detail, sample }: Reject): void {
  let known = rejects.find((entry) => entry.reason === reason)
  if (known === undefined) {
    if (rejects.length >= MAX_REASONS) return
    known = { reason, count: 0, samples: [] }
    rejects.push(known)
  }
  known.count += 1
  if (known.samples.length < SAMPLES_PER_REASON) known.samples.push({ recordNo, detail, sample })
}

/** Alarms that came of an import, and how many of them are suppressed. */
export function countAlarms(intake: Intake, ids: Iterable<string>, sink: Pick<AlarmSink, 'hiddenAmong'>): void {
  const distinct = new Set(ids)
  intake.alarms = distinct.size
  intake.hiddenAlarms = sink.hiddenAmong(distinct)
}

/** Takes counts back: these records are read again. A reason that none is left of goes with its samples. */
export function uncountRejects(rejects: RejectReason[], reasons: Readonly<Record<string, number>>): number {
  let taken = 0
  for (const known of rejects) {
    const less = Math.min(known.count, reasons[known.reason] ?? 0)
    known.count -= less
    taken += less
  }
  rejects.splice(0, rejects.length, ...rejects.filter(({ count }) => count > 0))
  return taken
}

/** A copy for others to keep, while this one goes on counting. */
export const copyIntake = (intake: Intake): Intake => structuredClone(intake)
