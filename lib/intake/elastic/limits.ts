/** Bounds of one bulk request. */
export interface BulkLimits {
  /** Body after decompression; Elasticsearch's own default of `http.max_content_length`. */
  readonly maxBodyBytes: number
  /** Bodies being received or parsed together; beyond it senders wait with 429. */
  readonly maxBytesInFlight: number
  /** A line that long is no document of any log: the request is cut off. */
  readonly maxLineBytes: number
  /** A longer document is refused by itself. Lucene's longest term aside, no event of ours comes near it. */
  readonly maxDocumentBytes: number
  readonly maxDocuments: number
  /** Levels of objects and lists within each other; Elasticsearch allows fields 20 levels deep. */
  readonly maxDepth: number
  /** Unpacked bytes a packed byte may give, once more than `ratioFreeBytes` came out; gzip's own limit is 1,032. */
  readonly maxRatio: number
  readonly ratioFreeBytes: number
  /** Silence of the sender within a request, ms. */
  readonly idleMs: number
  /** Longest time a request's body may take, ms. */
  readonly bodyMs: number
}

const MIB = 1024 * 1024

export const BULK_LIMITS: BulkLimits = {
  maxBodyBytes: 100 * MIB,
  // Beside one body of the largest size, what a few dozen shippers send at once: 0.1 to 2 MB each.
  maxBytesInFlight: 48 * MIB,
  maxLineBytes: 16 * MIB,
  maxDocumentBytes: MIB,
  maxDocuments: 100_000,
  maxDepth: 64,
  maxRatio: 300,
  ratioFreeBytes: MIB,
  idleMs: 30_000,
  bodyMs: 300_000,
}
