import type { SampledName } from '@/lib/domain/tally'
import { hostPart } from '@/lib/names/name-features'
import { informationBytes } from '../name-measures'
import type { DayName, PairDay } from './pair-day'

/** Lengths within this share of the median are alike. */
export const ALIKE_LENGTH = 0.25

/** What the unreadable names of a pair look like together, over the day. */
export interface Profile {
  readonly pair: PairDay
  readonly sample: readonly SampledName[]
  /** Distinct unreadable names, estimated above 64. */
  readonly names: number
  readonly unreadableShare: number
  /** Share of the unreadable names that were asked in one minute only. */
  readonly askedOnce: number
  readonly readabilityBits: number
  /** Median bytes in front of the zone, and labels there. */
  readonly length: number
  readonly labels: number
  /** Share of the names whose length and number of labels are those. */
  readonly alike: number
  /** Share of the characters that are digits. */
  readonly digits: number
  readonly busiestSlot: number
}

const remembered = new WeakMap<PairDay, { readonly version: number; readonly profile: Profile }>()
const informed = new WeakMap<Profile, number>()

/** The profile of a pair, computed anew only after it changed. */
export function profileOf(pair: PairDay): Profile {
  const known = remembered.get(pair)
  if (known?.version === pair.version) return known.profile
  const profile = measured(pair)
  remembered.set(pair, { version: pair.version, profile })
  return profile
}

/** Information in the unreadable names, bytes. */
export function informationOf(profile: Profile): number {
  const known = informed.get(profile)
  if (known !== undefined) return known
  const { sample, names, pair } = profile
  const bytes = informationBytes({ distinct: names, exact: pair.unreadable.isExact, complete: pair.unreadable.isExact, sample })
  informed.set(profile, bytes)
  return bytes
}

function measured(pair: PairDay): Profile {
  const sample = pair.sample()
  const parts = sample.map(({ name }) => hostPart(name, pair.zone))
  const lengths = parts.map((part) => part.length)
  const labelCounts = parts.map((part) => part.split('.').length)
  const length = median(lengths)
  const labels = median(labelCounts)
  const names = pair.unreadable.distinct
  const of = Math.max(1, sample.length)
  return {
    pair,
    sample,
    names,
    unreadableShare: names / Math.max(1, pair.distinct),
    askedOnce: pair.unreadable.entries().filter(([, name]) => isAskedOnce(name)).length / of,
    readabilityBits: sample.reduce((sum, name) => sum + (name.readabilityBits ?? 0), 0) / of,
    length,
    labels,
    alike: parts.filter((part, i) => isAlikeLength(part.length, length) && labelCounts[i] === labels).length / of,
    digits: digitShare(parts),
    busiestSlot: Math.max(0, ...pair.activeSlots.map(({ unreadable }) => unreadable)),
  }
}

const isAskedOnce = ({ minutes }: DayName): boolean => minutes === 1

export const isAlikeLength = (length: number, other: number): boolean => Math.abs(length - other) <= ALIKE_LENGTH * Math.max(length, other)

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
