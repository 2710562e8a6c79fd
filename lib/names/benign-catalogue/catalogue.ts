import data from './entries.json'
import { type CatalogueEntry, catalogueSchema } from './entry'

/** Zones whose clients put generated data into host names for an honest purpose, each with its public source. */
export const BENIGN_CATALOGUE: readonly CatalogueEntry[] = catalogueSchema.parse(data).entries

const bySuffix: ReadonlyMap<string, CatalogueEntry> = new Map(BENIGN_CATALOGUE.map((entry) => [entry.suffix, entry]))

/** Share of the names that must lie under entries, and look as the service makes them, for the catalogue to explain them. */
const SHARE = 0.9

/** The entry that most of an alarm's names lie under, with what was observed. */
export interface CatalogueMatch {
  readonly entry: CatalogueEntry
  /** Names looked at, and how many of them lie under this or another entry. */
  readonly names: number
  readonly under: number
  /** How many of those have the shape the service gives its names. */
  readonly shaped: number
}

/**
 * The entry a name lies under, the most specific one; null when none. Compares whole labels from the right, so neither
 * `evilmcafee.com` nor `x.mcafee.com.evil.net` lies under `mcafee.com`.
 */
export function entryOf(name: string): CatalogueEntry | null {
  for (let rest = name; ; ) {
    const entry = bySuffix.get(rest)
    if (entry !== undefined) return entry
    const dot = rest.indexOf('.')
    if (dot < 0) return null
    rest = rest.slice(dot + 1)
  }
}

/** @returns what explains the names of an alarm (those of several zones for a rotation), or null. Without names, the zone decides. */
export function catalogueMatch(zone: string, names: readonly string[]): CatalogueMatch | null {
  const asked = names.length === 0 ? [zone] : names
  const counts = new Map<CatalogueEntry, { under: number; shaped: number }>()
  let under = 0
  let shaped = 0
  for (const name of asked) {
    const entry = entryOf(name)
    if (entry === null) continue
    const count = counts.get(entry) ?? { under: 0, shaped: 0 }
    counts.set(entry, count)
    const fits = hasShape(name, entry)
    count.under += 1
    under += 1
    if (fits) shaped += 1
  }
  if (under < SHARE * asked.length || shaped < SHARE * under) return null
  const [top] = [...counts].toSorted(([a, x], [b, y]) => y.under - x.under || (a.suffix < b.suffix ? -1 : 1))
  return top === undefined ? null : { entry: top[0], names: asked.length, under, shaped }
}

const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64})$/
const REVERSED_IPV4 = /^\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:\.|$)/
const REVERSED_IPV6 = /^(?:[0-9a-f]\.){31}[0-9a-f](?:\.|$)/
/** Any text of letters and digits in one alphabet: what a base32 or hexadecimal label is made of. */
const ENCODED = /^[a-z0-9+/=_-]{16,63}$/

function hasShape(name: string, { shape, suffix }: CatalogueEntry): boolean {
  if (name === suffix || shape === 'any') return true
  const host = name.slice(0, -suffix.length - 1)
  if (shape === 'reversed-address') return REVERSED_IPV4.test(host) || REVERSED_IPV6.test(host)
  return host.split('.').some((label) => (shape === 'hash' ? HASH : ENCODED).test(label))
}
