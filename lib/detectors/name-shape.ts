import { hostPart } from '@/lib/names/name-features'

/** Lengths within this share of each other are alike. */
const ALIKE_LENGTH = 0.25
/** How far the digit shares of alike zones may lie apart: base36 text has 0.28, English hosts nearly none. */
const DIGITS_APART = 0.15

/** What the names below one zone look like as text. */
export interface NameShape {
  /** Median bytes in front of the zone, and labels there. */
  readonly length: number
  readonly labels: number
  /** Share of the names whose length and number of labels are those. */
  readonly alike: number
  /** Share of the characters that are digits. */
  readonly digits: number
}

export function shapeOf(names: readonly { readonly name: string }[], zone: string): NameShape {
  const parts = names.map(({ name }) => hostPart(name, zone))
  const labelCounts = parts.map((part) => part.split('.').length)
  const length = median(parts.map((part) => part.length))
  const labels = median(labelCounts)
  return {
    length,
    labels,
    alike: parts.filter((part, i) => isAlikeLength(part.length, length) && labelCounts[i] === labels).length / Math.max(1, parts.length),
    digits: digitShare(parts),
  }
}

/** True when two zones' names may have one maker: an implant that uses its domains in turn makes names of one kind. */
export const resembles = (a: NameShape, b: NameShape): boolean =>
  a.labels === b.labels && isAlikeLength(a.length, b.length) && Math.abs(a.digits - b.digits) <= DIGITS_APART

const isAlikeLength = (length: number, other: number): boolean => Math.abs(length - other) <= ALIKE_LENGTH * Math.max(length, other)

function median(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b)
  return ordered[Math.floor(ordered.length / 2)] ?? 0
}

function digitShare(parts: readonly string[]): number {
  let digits = 0
  let characters = 0
  for (const part of parts) {
    characters += part.length
    for (const char of part) if (char >= '0' && char <= '9') digits++
  }
  return digits / Math.max(1, characters)
}
