import type { DetectorStatus } from '@/lib/domain/detector-status'

const HOUR_MS = 3_600_000
/** Two weeks of hours: weekends and nights are in it. */
const HOURS = 336
/** Fewer hours say nothing: a whole day has to be seen. */
const LEARNED_HOURS = 24
/** Times the median absolute deviation that is a standard deviation of normal values. */
const MAD_SCALE = 1.4826
const SIGMAS = 3

/** What is learned: names in the short window, in the hour, and names of any kind in the short window. */
export const SERIES = ['fast', 'hour', 'volume'] as const
export type Series = (typeof SERIES)[number]
export type Limits = Readonly<Record<Series, number>>

interface Snapshot {
  readonly hour: number | null
  readonly largest: Limits
  readonly hours: readonly Limits[]
}

const NONE: Limits = { fast: 0, hour: 0, volume: 0 }

/**
 * How close the quiet part of a network comes to the thresholds: the largest count of every active hour of two weeks,
 * taken over pairs that meet every other condition and raised no alarm. The threshold learned from it is median plus three
 * deviations, never under the set one and never above `cap` times it: whoever stays just below for weeks gains little.
 */
export class QuietHistory {
  private hour: number | null
  private largest: Limits
  private readonly hours: Limits[]

  constructor(snapshot?: Snapshot) {
    this.hour = snapshot?.hour ?? null
    this.largest = snapshot?.largest ?? NONE
    this.hours = [...(snapshot?.hours ?? [])]
  }

  /** Marks the hour as active; closes the one before. @returns whether one was learned. */
  turn(nowMs: number): boolean {
    const hour = Math.floor((nowMs - 1) / HOUR_MS)
    if (hour === this.hour) return false
    const closes = this.hour !== null
    if (closes) this.hours.push(this.largest)
    if (this.hours.length > HOURS) this.hours.shift()
    this.hour = hour
    this.largest = NONE
    return closes
  }

  note(series: Series, value: number): void {
    if (value > this.largest[series]) this.largest = { ...this.largest, [series]: value }
  }

  get learnedHours(): number {
    return this.hours.length
  }

  get isLearned(): boolean {
    return this.hours.length >= LEARNED_HOURS
  }

  /** The threshold in force for a set one. */
  limit(series: Series, set: number, cap: number): number {
    if (!this.isLearned) return set
    const values = this.hours.map((hour) => hour[series])
    const middle = median(values)
    const deviation = MAD_SCALE * median(values.map((value) => Math.abs(value - middle)))
    return Math.min(Math.max(set, Math.ceil(middle + SIGMAS * deviation)), Math.floor(cap * set))
  }

  /** A sentence for the analyst. */
  sentence(set: Limits, inForce: Limits): string {
    if (!this.isLearned) return `The thresholds are the set ones: ${this.hours.length} of ${LEARNED_HOURS} quiet hours are learned.`
    const raised = SERIES.filter((series) => inForce[series] > set[series])
    if (raised.length === 0) return `${this.hours.length} quiet hours of this network give no reason to raise the thresholds.`
    const what = { fast: 'unreadable names in 5 minutes', hour: 'unreadable names in 60 minutes', volume: 'names of any kind in 5 minutes' }
    const texts = raised.map((series) => `${inForce[series]} ${what[series]} instead of ${set[series]}`)
    return `Learned from ${this.hours.length} quiet hours of this network: ${texts.join(', ')}.`
  }

  /** What is learned, beside what is needed before a threshold moves. */
  learning(set: Limits, inForce: Limits): NonNullable<DetectorStatus['learning']> {
    return {
      warm: this.isLearned,
      sentence: this.sentence(set, inForce),
      parts: [{ label: 'Quiet hours', have: this.hours.length, need: LEARNED_HOURS }],
    }
  }

  snapshot(): Snapshot {
    return { hour: this.hour, largest: this.largest, hours: [...this.hours] }
  }
}

function median(values: readonly number[]): number {
  const ordered = values.toSorted((a, b) => a - b)
  const half = Math.floor(ordered.length / 2)
  return ordered.length % 2 === 1 ? (ordered[half] ?? 0) : ((ordered[half - 1] ?? 0) + (ordered[half] ?? 0)) / 2
}
