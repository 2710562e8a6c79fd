/** A name kept in a tally's sample, with what was computed about it once. */
export interface SampledName {
  /** 32-bit hash that decides which names stay in the sample. */
  readonly hash: number
  readonly name: string
  /** The name in the case of its first lookup; null or absent when that is `name` itself or the source did not tell. */
  readonly raw?: string | null
  readonly qtype: string | null
  readonly rcode: string | null
  readonly firstAt: number
  /** Length in bytes of the part in front of the zone, dots included. */
  readonly length: number
  /** Shannon entropy, bits per character, of the part in front of the zone without dots. */
  readonly entropyBits: number
  /** Character-bigram cross-entropy, bits per character; null when every label is too short to judge. */
  readonly readabilityBits: number | null
  readonly unreadable: boolean
}

/**
 * Distinct names of a tally: exact while small, a HyperLogLog beyond, and a bounded uniform sample of the distinct
 * names (the k smallest hashes: independent of arrival order, mergeable).
 */
export interface NameSketch {
  /** Estimated number of distinct names; exact when `exact`. */
  readonly distinct: number
  readonly exact: boolean
  /** All distinct names when `complete`, else a uniform sample of them. Ordered by hash. */
  readonly sample: readonly SampledName[]
  readonly complete: boolean
}

/** What one source (or several, merged) did to one zone in a span of event time. */
export interface Tally {
  /** null when merged over sources. */
  readonly source: string | null
  /** Registered domain under the public suffix list, private section on. */
  readonly zone: string
  /** Half-open span of event time `[fromMs, toMs)`. */
  readonly fromMs: number
  readonly toMs: number
  readonly firstAt: number
  readonly lastAt: number
  /** Lookups, retransmits folded. */
  readonly queries: number
  readonly byType: Readonly<Record<string, number>>
  /** Key `-` counts lookups without a response. */
  readonly byRcode: Readonly<Record<string, number>>
  /** Sums over lookups whose size is known. */
  readonly queryBytes: number
  readonly responseBytes: number
  readonly names: NameSketch
  /** True: none of the names is unreadable. False or absent: their sketch has to be read to know. */
  readonly isReadable?: boolean
}
