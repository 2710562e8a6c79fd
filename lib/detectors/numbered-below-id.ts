import type { SampledName } from '@/lib/domain/tally'
import { hostPart } from '@/lib/names/name-features'

/** Of the names those that have the two labels. */
const MOST = 0.9
/** 32 bits in hexadecimal: what beacons number themselves and their lookups with. Shorter labels are versions and sites. */
const ID = /^[a-z0-9]{6,}$/
const isNumber = (label: string): boolean => /\d/.test(label)

/** A label that stays beside one that changes with every name. */
export interface BelowId {
  readonly id: string
  readonly names: number
}

/**
 * Names that end in the same machine-made label, with nothing in front of it but one label that is new each time: the number
 * of an implant and a number against caches, as beacons have them when there is no work. Hosts that people and products name
 * have words there.
 */
export function belowOneId(sample: readonly SampledName[], zone: string): BelowId | null {
  const read = sample.flatMap(({ name, unreadable }) => {
    const labels = hostPart(name, zone).split('.')
    const [value = '', id = ''] = labels
    return unreadable && labels.length >= 2 && ID.test(value) && ID.test(id) && isNumber(id) ? [{ value, id }] : []
  })
  const counts = new Map<string, number>()
  for (const { id } of read) counts.set(id, (counts.get(id) ?? 0) + 1)
  const [top] = [...counts].toSorted((a, b) => b[1] - a[1])
  if (top === undefined || top[1] < MOST * sample.length) return null
  const values = read.filter(({ id }) => id === top[0]).map(({ value }) => value)
  const lengths = new Set(values.map(({ length }) => length))
  // A leading zero is left out once in 16 numbers, two once in 256.
  return new Set(values).size === values.length && lengths.size <= 3 ? { id: top[0], names: values.length } : null
}
