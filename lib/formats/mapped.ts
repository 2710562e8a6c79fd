import type { AddressLease } from '@/lib/domain/host-name'
import type { FormatSink, ParsedEvent } from './format'
import { rejectOf } from './line-reader'

/** What a record became: an event or several, a reason to skip it, or a reason to reject it. */
export type Mapped =
  | { readonly event: ParsedEvent }
  | { readonly events: readonly ParsedEvent[] }
  | { readonly skip: string }
  | { readonly lease: AddressLease }
  | { readonly reject: string; readonly detail: string }

/** Where a record stands, for its event and for bounds on its time. */
export interface RecordPlace {
  readonly recordNo: number
  /** Wall clock, epoch ms. */
  readonly nowMs: number
}

/** A lease is known by its own count; who has no use for names only counts it. */
export function deliverLease(lease: AddressLease, sink: FormatSink): void {
  sink.lease?.(lease)
  sink.skip('address-lease')
}

/** Hands a mapped record on. @param text - gives the record, for a reject. */
export function deliver(mapped: Mapped, sink: FormatSink, recordNo: number, text: () => string): void {
  if ('event' in mapped) sink.event(mapped.event)
  else if ('events' in mapped) for (const event of mapped.events) sink.event(event)
  else if ('skip' in mapped) sink.skip(mapped.skip)
  else if ('lease' in mapped) deliverLease(mapped.lease, sink)
  else sink.reject(rejectOf(mapped.reject, recordNo, mapped.detail, text()))
}
