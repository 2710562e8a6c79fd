import type { SampledName } from '@/lib/domain/tally'
import { informationBytes } from '../name-measures'
import { type NameShape, shapeOf } from '../name-shape'
import type { DayName, PairDay } from './pair-day'

/** What the unreadable names of a pair look like together, over the day. */
export interface Profile extends NameShape {
  readonly pair: PairDay
  readonly sample: readonly SampledName[]
  /** Distinct unreadable names, estimated above 64. */
  readonly names: number
  readonly unreadableShare: number
  /** Share of the unreadable names that were asked in one minute only. */
  readonly askedOnce: number
  readonly readabilityBits: number
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
  const names = pair.unreadable.distinct
  const of = Math.max(1, sample.length)
  return {
    pair,
    sample,
    names,
    unreadableShare: names / Math.max(1, pair.distinct),
    askedOnce: pair.unreadable.entries().filter(([, name]) => isAskedOnce(name)).length / of,
    readabilityBits: sample.reduce((sum, name) => sum + (name.readabilityBits ?? 0), 0) / of,
    ...shapeOf(sample, pair.zone),
    busiestSlot: Math.max(0, ...pair.activeSlots.map(({ unreadable }) => unreadable)),
  }
}

const isAskedOnce = ({ minutes }: DayName): boolean => minutes === 1
