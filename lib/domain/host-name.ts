/** Where a learnt name comes from, the most telling first: a lease, an agent on the host itself, the DNS. */
export const NAME_ORIGINS = ['dhcp', 'endpoint', 'ptr', 'zone'] as const
export type NameOrigin = (typeof NAME_ORIGINS)[number]

/** A DHCP server gave an address to a host that calls itself so. */
export interface AddressLease {
  /** Canonical text of the address. */
  readonly address: string
  /** As the client sent it: hostile text. */
  readonly name: string
  readonly at: number
  /** End of the lease, epoch ms; null when the log does not say. */
  readonly until: number | null
}

/** An address had a name, from the first to the last sign of it, epoch ms; a lease counts to its end. */
export interface NameSpan {
  readonly address: string
  readonly origin: NameOrigin
  /** Lower case, without its last dot; text of a log, for pages to show inert. */
  readonly name: string
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  /** Learnt from demonstration data, and removed with it. */
  readonly demo: boolean
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

/** Signs of one name no further apart are one span: a host that is seen every day keeps one row. */
export const SPAN_GAP_MS = DAY_MS
/** A name outlives the last sign of it by so much, when nothing else is known: the default lease of Windows' DHCP server. */
const OUTLIVES_MS = 8 * DAY_MS
/** A name that was first seen so soon afterwards is still likely the one of the instant asked for. */
const SEEN_AFTER_MS = DAY_MS

/** Longest name kept (RFC 1035 §2.3.4). */
const MAX_NAME = 253

/** A name as it is kept; null when it says nothing. */
export function keptName(written: string): string | null {
  const name = written.slice(0, MAX_NAME).trim().toLowerCase().replace(/\.$/, '')
  return name === '' || name === '*' || name === '-' || name === 'localhost' ? null : name
}

const covers = (span: NameSpan, at: number): boolean => span.firstSeenAt <= at && at <= span.lastSeenAt

/**
 * The name that an address most likely had at an instant, null when nothing near it is known.
 *
 * Signs at the instant or within a day before it are asked in the order of origins, then older ones up to 8 days, then
 * those of the following day. Of one origin the last to be seen counts; of several that hold at the instant the last to begin,
 * because an address is taken over and not shared. Agents of several hosts that name one address at once say nothing: it is
 * the address of a bridge inside each of them.
 *
 * @param spans - of one address, in any order.
 */
export function nameAt(spans: readonly NameSpan[], at: number): NameSpan | null {
  const before = spans.filter(({ firstSeenAt }) => firstSeenAt <= at)
  const near = before.filter(({ lastSeenAt }) => at - lastSeenAt <= SPAN_GAP_MS)
  for (const origin of NAME_ORIGINS) {
    const found = near.filter((span) => span.origin === origin)
    if (found.length > 0 && !(origin === 'endpoint' && isShared(found))) return latest(found, at)
  }
  const older = before.filter((span) => span.lastSeenAt < at && at - span.lastSeenAt <= OUTLIVES_MS && !near.includes(span))
  if (older.length > 0) return latest(older, at)
  const after = spans.filter(({ firstSeenAt }) => firstSeenAt > at && firstSeenAt - at <= SEEN_AFTER_MS)
  return after.toSorted((a, b) => a.firstSeenAt - b.firstSeenAt || order(a, b))[0] ?? null
}

const isShared = (spans: readonly NameSpan[]): boolean =>
  spans.some((a) => spans.some((b) => a.name !== b.name && a.firstSeenAt <= b.lastSeenAt && b.firstSeenAt <= a.lastSeenAt))

/** Ties go by origin and by name, so that the same spans give the same name. */
const order = (a: NameSpan, b: NameSpan): number =>
  NAME_ORIGINS.indexOf(a.origin) - NAME_ORIGINS.indexOf(b.origin) || (a.name < b.name ? -1 : 1)

function latest(spans: readonly NameSpan[], at: number): NameSpan | null {
  const holding = spans.filter((span) => covers(span, at))
  if (holding.length > 0) return holding.toSorted((a, b) => b.firstSeenAt - a.firstSeenAt || order(a, b))[0] ?? null
  return spans.toSorted((a, b) => b.lastSeenAt - a.lastSeenAt || order(a, b))[0] ?? null
}
