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
  /** What it takes to read the record again after a fix; left out where it is not whole, or only its file can be read again. */
  readonly again?: RejectedRecord
}

/** A rejected record as it came. */
export interface RejectedRecord {
  readonly bytes: string | Uint8Array
  /** Lines that have to come before it: the header of its table. */
  readonly preamble?: string
  /** Who reads it; the parser that rejected it leaves that to whoever feeds it. */
  readonly reader?: RecordReader
}

/** A log format's parser, the reader of syslog messages of one sender, or the reader of documents that shippers send. */
export type RecordReader =
  | { readonly kind: 'log'; readonly format: string }
  | { readonly kind: 'syslog'; readonly sender: string }
  | { readonly kind: 'document' }
