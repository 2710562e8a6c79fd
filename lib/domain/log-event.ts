import type { DnsEvent } from './dns-event'
import type { ProcessEvent } from './process-event'

/** Anything Dowser takes in: a DNS lookup or a process start. */
export type LogEvent = DnsEvent | ProcessEvent

/** A record that could not become an event. Counted by reason; a sample is kept; it never stops the file. */
export interface Reject {
  /** Closed, kebab-case: `not-json`, `no-timestamp`, `implausible-time`, `truncated`, … */
  readonly reason: string
  readonly recordNo: number
  /** What was found and what was expected, one sentence, safe to show as text. */
  readonly detail: string
  /** First 512 characters of the record; binary records as hex. */
  readonly sample: string
}
