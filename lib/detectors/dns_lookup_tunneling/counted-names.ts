import type { SampledName, Tally } from '@/lib/domain/tally'
import { commonest } from '@/lib/names/fingerprints/sequence'
import { hostPart } from '@/lib/names/name-features'

/** Share of the lookups that must ask for IPv6 addresses: whoever wants to connect asks for IPv4 addresses as well. */
const ALONE = 0.95
/** Of the names those that are one text with one number in it, of the numbers from first to last those seen, of the steps those that count up. */
const MOST = 0.9
const NUMBER = /(\d{1,6})/

/** Names that are one text with a number that counts. */
export interface Counted {
  readonly first: number
  readonly last: number
  readonly names: number
}

/**
 * Names that count up, one number after the other, each asked once and as AAAA alone: a program that fetches a payload piece
 * by piece from the answers (DNSStager). In order by chance: once in n! for n names; hosts that are numbered are asked for
 * both kinds of addresses, and not in order.
 */
export function countedNames({ byType, byRcode, queries, names, zone }: Tally): Counted | null {
  if ((byType.AAAA ?? 0) < ALONE * queries || names.distinct < MOST * queries) return null
  // A payload is in answers; a sweep over hosts mostly misses.
  if ((byRcode.NXDOMAIN ?? 0) > (1 - MOST) * queries) return null
  return inOrder(names.sample, zone)
}

function inOrder(sample: readonly SampledName[], zone: string): Counted | null {
  const read = sample.map(({ name, firstAt }) => ({ parts: hostPart(name, zone).split(NUMBER), at: firstAt }))
  const place = countingPlace(read.map(({ parts }) => parts))
  if (place === null) return null
  const textOf = (parts: readonly string[]): string => parts.with(place, '#').join('')
  const { value: text, count } = commonest(read.flatMap(({ parts }) => (place < parts.length ? [textOf(parts)] : [])))
  if (count < MOST * sample.length) return null
  const values = read
    .flatMap(({ parts, at }) => (place < parts.length && textOf(parts) === text ? [{ value: Number(parts[place]), at }] : []))
    .toSorted((a, b) => a.at - b.at || a.value - b.value)
    .map(({ value }) => value)
  const [first, last] = [Math.min(...values), Math.max(...values)]
  const up = values.filter((value, i) => i > 0 && value > (values[i - 1] ?? value)).length
  if (values.length < MOST * (last - first + 1) || up < MOST * (values.length - 1)) return null
  return { first, last, names: values.length }
}

/** Which of the numbers in the names is the one that changes most; the domain in front of the zone may hold another. */
function countingPlace(names: readonly (readonly string[])[]): number | null {
  const [first] = names
  let best: { readonly place: number; readonly values: number } | null = null
  for (let place = 1; place < (first?.length ?? 0); place += 2) {
    const values = new Set(names.map((parts) => parts[place])).size
    if (best === null || values > best.values) best = { place, values }
  }
  return best?.place ?? null
}
