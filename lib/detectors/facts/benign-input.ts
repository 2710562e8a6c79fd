import type { Timing } from '@/lib/domain/evidence'
import type { SampledName, Tally } from '@/lib/domain/tally'
import type { CatalogueEntry } from '@/lib/names/benign-catalogue/entry'
import { hostPart } from '@/lib/names/name-features'
import { measureNames } from '../name-measures'
import type { BenignInput } from './benign-family'

/** Sources whose names are compared with each other. */
const COMPARED = 10
const ADDRESS_TYPES = ['A', 'AAAA', 'HTTPS'] as const

const FIXED_FORM = /^(?:\d{1,3}\.\d{1,3}\.\d{1,3}\.\d{1,3}(?:\.|$)|(?:[0-9a-f]\.){31}[0-9a-f](?:\.|$))/
const HASH_LABEL = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[0-9a-f]{64})$/

/** @param own - what the alarm's source, or all of them, did in the hour. @param active - sources active in it. */
export function benignInputOf(
  own: Tally,
  asking: readonly Tally[],
  active: number,
  timing: Timing | null,
  entry: CatalogueEntry | null,
): BenignInput {
  const { names, queries, byType, byRcode, zone } = own
  const answered = Math.max(1, queries - (byRcode['-'] ?? 0))
  const { namesPerSource, sharedNames } = sourcesTogether(asking)
  return {
    active: Math.max(active, asking.length),
    asking: asking.length,
    lookups: queries,
    distinctNames: names.distinct,
    ...{ namesPerSource, sharedNames },
    addressShare: ADDRESS_TYPES.reduce((sum, type) => sum + (byType[type] ?? 0), 0) / Math.max(1, queries),
    failedShare: (byRcode.NXDOMAIN ?? 0) / answered,
    unreadableShare: measureNames(names).unreadableShare,
    fixedFormShare: names.sample.filter((name) => hasFixedForm(name, zone)).length / Math.max(1, names.sample.length),
    timing,
    entry,
  }
}

type Together = Pick<BenignInput, 'namesPerSource' | 'sharedNames'>

/** By the view's list: every finding of a zone in a step gets the same one. */
const together = new WeakMap<readonly Tally[], Together>()

function sourcesTogether(asking: readonly Tally[]): Together {
  const known = together.get(asking)
  if (known !== undefined) return known
  const perSource = asking.map((tally) => tally.names.distinct).toSorted((a, b) => a - b)
  const found = { namesPerSource: perSource[Math.floor(perSource.length / 2)] ?? 0, sharedNames: sharedNamesOf(asking) }
  together.set(asking, found)
  return found
}

function hasFixedForm({ name }: SampledName, zone: string): boolean {
  const host = hostPart(name, zone)
  return FIXED_FORM.test(host) || host.split('.').some((label) => HASH_LABEL.test(label))
}

/** Samples keep the smallest hashes, so those of two sources hold the same names where both asked them. */
function sharedNamesOf(asking: readonly Tally[]): number | null {
  const compared = asking.slice(0, COMPARED)
  if (compared.length < 2) return null
  const counts = new Map<string, number>()
  for (const { names } of compared) for (const { name } of names.sample) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts.size === 0 ? null : [...counts.values()].filter((count) => count > 1).length / counts.size
}
