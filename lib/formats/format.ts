import type { DnsEvent } from '@/lib/domain/dns-event'
import type { AddressLease } from '@/lib/domain/host-name'
import type { Reject } from '@/lib/domain/log-event'
import type { ProcessEvent } from '@/lib/domain/process-event'

/** What a parser hands on. Calls come in record order. */
export interface FormatSink {
  /** A packet- or line-level event; the correlator folds queries with their answers afterwards. */
  event(event: ParsedEvent): void
  reject(reject: Reject): void
  /** A record of a kind Dowser does not need; counted by reason, no sample. */
  skip(reason: string): void
  /** A DHCP server gave out an address. It is no event: the record is counted by `skip` as well. */
  lease?(lease: AddressLease): void
}

/** A DNS record before correlation: one packet, one line, one document. */
export type ParsedDns = Omit<DnsEvent, 'id'> & {
  /** What the record shows of the lookup; `both` (the default) when it logs question and outcome together. */
  readonly role?: 'query' | 'response' | 'both'
  /** The answer was cut to fit UDP (TC bit), so the client will ask again over TCP. */
  readonly truncated?: boolean
}

export type ParsedProcess = Omit<ProcessEvent, 'id'>

/** An event before correlation: without its id, which needs the whole lookup. */
export type ParsedEvent = ParsedDns | ParsedProcess

export interface ParserOptions {
  /** Wall clock, epoch ms: bounds plausible times and places dates without a year. Injected, never read inside. */
  readonly nowMs: number
  /** Longest text record in bytes; a longer one is rejected as `line-too-long` and skipped to its end. */
  readonly maxRecordBytes: number
}

/** Streaming parser: any split of the same bytes gives the same calls. Never throws on any bytes. */
export interface FormatParser {
  /** Records read so far: lines that are not comments, documents, packets. */
  readonly records: number
  push(bytes: Uint8Array): void
  /** For logs without an end: hands on what waits for following lines, where nothing followed for a while. */
  pause?(): void
  /** Flushes the last record; a cut one is rejected as `truncated`. */
  end(): void
}

/** One log format. A folder each under `lib/formats`, registered in `lib/formats/index.ts` in sniff order. */
export interface LogFormat {
  /** Kebab-case, equal to the folder's name. */
  readonly id: string
  readonly title: string
  /** File name endings people know it by, for the page's list. */
  readonly endings: readonly string[]
  /** What the recogniser looks for, in plain words, for the "unknown format" message. */
  readonly expects: string
  /** @param head - first bytes, up to 64 KiB, container already removed. @returns 0 (no) to 1 (certain). */
  recognise(head: Uint8Array): number
  createParser(sink: FormatSink, options: ParserOptions): FormatParser
}
