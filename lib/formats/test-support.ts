import type { DnsEvent } from '@/lib/domain/dns-event'
import type { AddressLease } from '@/lib/domain/host-name'
import type { LogEvent, Reject } from '@/lib/domain/log-event'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { type LogOutcome, type ReadLogOptions, readLog } from './read-log'

/** Everything readLog gives for some bytes, for tests. */
export interface WholeLog {
  readonly events: readonly LogEvent[]
  readonly lookups: readonly DnsEvent[]
  readonly starts: readonly ProcessEvent[]
  readonly rejects: readonly Reject[]
  /** Number of rejects by reason. */
  readonly rejected: Readonly<Record<string, number>>
  readonly skipped: Readonly<Record<string, number>>
  readonly leases: readonly AddressLease[]
  readonly records: number
  readonly bytesRead: number
  readonly outcome: LogOutcome
  readonly batchSizes: readonly number[]
}

/** The day after the lab captures were made. */
export const NOW_MS = Date.UTC(2026, 10, 22)

export async function readWhole(bytes: Uint8Array | string, options: Partial<ReadLogOptions> = {}, chunkBytes = 65_536): Promise<WholeLog> {
  const reading = readLog(inChunks(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, chunkBytes), { nowMs: NOW_MS, ...options })
  const events: LogEvent[] = []
  const rejects: Reject[] = []
  const skipped: Record<string, number> = {}
  const leases: AddressLease[] = []
  const batchSizes: number[] = []
  let records = 0
  let bytesRead = 0
  let next = await reading.next()
  for (; !next.done; next = await reading.next()) {
    events.push(...next.value.events)
    rejects.push(...next.value.rejects)
    for (const [reason, count] of Object.entries(next.value.skipped)) skipped[reason] = (skipped[reason] ?? 0) + count
    leases.push(...(next.value.leases ?? []))
    batchSizes.push(next.value.events.length)
    records += next.value.records
    bytesRead = next.value.bytesRead
  }
  const rejected: Record<string, number> = {}
  for (const { reason } of rejects) rejected[reason] = (rejected[reason] ?? 0) + 1
  return {
    events,
    lookups: events.filter((event) => event.kind === 'dns'),
    starts: events.filter((event) => event.kind === 'process'),
    rejects,
    rejected,
    skipped,
    leases,
    records,
    bytesRead,
    outcome: next.value,
    batchSizes,
  }
}

async function* inChunks(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let from = 0; from < bytes.length; from += chunkBytes) yield bytes.subarray(from, from + chunkBytes)
}
