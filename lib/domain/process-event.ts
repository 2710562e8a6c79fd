import type { TimeQuality } from './dns-event'

/** A process as one log record names it; every field the source left out is null. */
export interface ProcessIdentity {
  /** Base name of the executable, original case. */
  readonly name: string | null
  readonly executable: string | null
  /** Arguments one by one, `args[0]` included, surrounding quotes stripped. */
  readonly args: readonly string[]
  readonly commandLine: string | null
  readonly pid: number | null
  readonly entityId: string | null
}

/** One process start (Sysmon 1, Security 4688, ECS `process` + `start`). */
export interface ProcessEvent {
  readonly kind: 'process'
  /** Deterministic 52-bit id, unique together with `at`; see `DnsEvent.id`. */
  readonly id: number
  readonly at: number
  readonly timeQuality: TimeQuality
  /** ECS `event.category`, `event.type`, `event.action`. */
  readonly category: readonly string[]
  readonly type: readonly string[]
  readonly action: string | null
  readonly hostId: string | null
  readonly hostName: string | null
  readonly hostIps: readonly string[]
  readonly user: { readonly name: string | null; readonly domain: string | null; readonly id: string | null }
  readonly process: ProcessIdentity & { readonly originalFileName: string | null }
  readonly parent: ProcessIdentity
  readonly sensor: string | null
  readonly format: string
  readonly recordNo: number
}
