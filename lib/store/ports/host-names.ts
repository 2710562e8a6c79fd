import type { NameSpan } from '@/lib/domain/host-name'

/** Spans kept of one address; the newest stay. */
export const MAX_SPANS_OF_ADDRESS = 64
/** Spans kept in all; those seen last stay. */
export const MAX_NAME_SPANS = 200_000

/** The engine's side of learnt names. */
export interface HostNameWriter {
  /**
   * Adds them in one transaction. Spans of one address, origin and name that are no more than SPAN_GAP_MS apart become
   * one, so that the same signs give the same rows in whatever order and however often they come (within the bounds).
   */
  learn(spans: readonly NameSpan[]): void
  /** Forgets what demonstration data told. */
  removeDemo(): void
}

/** The console's side. */
export interface HostNameStore {
  /** By canonical address; those without a name are absent. Newest first. */
  ofAddresses(addresses: readonly string[]): Promise<ReadonlyMap<string, readonly NameSpan[]>>
  /** Addresses that ever had a name that holds the text, in lower case; those seen last first. */
  addressesNamed(text: string, limit: number): Promise<readonly string[]>
}
