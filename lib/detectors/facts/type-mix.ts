import type { TypeMix } from '@/lib/domain/evidence'
import { isRawType } from '../name-measures'
import { list, number, percent } from './words'

/** Lookups of others from which their mix says something. */
const FEWEST_OTHERS = 100
const MAX_ROWS = 12

type Counts = Readonly<Record<string, number>>

/** Types whose answers hold free text, names or raw bytes, which tunnels need and host look-ups do not. */
const CARRIERS: ReadonlySet<string> = new Set(['TXT', 'CNAME', 'MX', 'SRV', 'NS', 'PTR'])
const carries = (type: string): boolean => CARRIERS.has(type) || isRawType(type)

const sumOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

/**
 * Record types of a zone's lookups beside those of all other lookups of the same hour.
 *
 * @param all - lookups of everybody for every zone, the zone's own included.
 * @returns null without lookups.
 */
export function typeMixOf(own: Counts, zoneTotal: Counts, all: Counts): TypeMix | null {
  const ownLookups = sumOf(own)
  if (ownLookups === 0) return null
  const others: Record<string, number> = {}
  for (const [type, count] of Object.entries(all)) others[type] = Math.max(0, count - (zoneTotal[type] ?? 0))
  const otherLookups = sumOf(others)
  const types = [...new Set([...Object.keys(own), ...Object.keys(others)])]
  const rows = types
    .map((type) => ({ type, own: (own[type] ?? 0) / ownLookups, others: (others[type] ?? 0) / Math.max(1, otherLookups) }))
    .toSorted(
      (a, b) => Number(carries(b.type)) - Number(carries(a.type)) || b.own - a.own || b.others - a.others || (a.type < b.type ? -1 : 1),
    )
    .filter((row) => row.own > 0 || row.others > 0)
    .slice(0, MAX_ROWS)
  const isComparable = otherLookups >= FEWEST_OTHERS
  const divergence = isComparable
    ? divergenceOf(types.map((type) => [(own[type] ?? 0) / ownLookups, (others[type] ?? 0) / otherLookups]))
    : null
  return { rows, ownLookups, otherLookups, divergence, sentence: sentenceOf(rows, ownLookups, otherLookups, isComparable) }
}

function sentenceOf(rows: TypeMix['rows'], ownLookups: number, otherLookups: number, isComparable: boolean): string {
  const carrying = rows.filter(({ type }) => carries(type))
  const own = carrying.reduce((sum, row) => sum + row.own, 0)
  const others = carrying.reduce((sum, row) => sum + row.others, 0)
  const asked = carrying.filter((row) => row.own > 0).map(({ type }) => type)
  const what = asked.length === 0 ? 'record types that carry text, names or raw bytes' : list(asked.slice(0, 5))
  const first = `${percent(own)} of the ${number(ownLookups)} lookups ask for ${what}`
  if (!isComparable) return `${first}; only ${number(otherLookups)} other lookups were seen in the same hour, too few to compare with.`
  const among = asked.length === 0 ? others : carrying.filter((row) => row.own > 0).reduce((sum, row) => sum + row.others, 0)
  return `${first}; of the ${number(otherLookups)} other lookups in the same hour ${percent(among)} do.`
}

/** Jensen–Shannon divergence in bits, 0 (alike) to 1 (nothing in common). */
function divergenceOf(pairs: readonly (readonly [number, number])[]): number {
  let sum = 0
  for (const [a, b] of pairs) {
    const middle = (a + b) / 2
    if (a > 0) sum += (a * Math.log2(a / middle)) / 2
    if (b > 0) sum += (b * Math.log2(b / middle)) / 2
  }
  return Math.min(1, Math.max(0, sum))
}

/** Share of the own lookups that ask for a carrying type more than the others do, 0–1. */
export const carryingExcess = ({ rows }: TypeMix): number =>
  rows.filter(({ type }) => carries(type)).reduce((sum, row) => sum + Math.max(0, row.own - row.others), 0)
