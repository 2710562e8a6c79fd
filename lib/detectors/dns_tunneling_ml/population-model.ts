import type { DetectorStatus } from '@/lib/domain/detector-status'
import { anomalyScore, rawScore } from '@/lib/stats/anomaly-score'
import { emptyLogNormal, forget, type LogNormalState, learn, logUpperTail, typical } from '@/lib/stats/log-normal-model'
import { QuantileHistogram } from '@/lib/stats/quantile-histogram'
import { BUCKET_MS } from './rule'

/** Forgetting per bucket at full age, and how much faster it is at the start. */
const DECAY_PER_BUCKET = 0.00025
const INITIAL_HASTE = 3
const HASTE_MS = 21 * 24 * 3_600_000
/** Buckets without a new largest raw score after which the largest is forgotten. */
const LARGEST_BUCKETS = 50
/** Raw scores fade every so many buckets. */
const FADE_EVERY_BUCKETS = 20
/** Domains whose number of buckets is remembered for their weight; beyond it the longest unseen start anew. */
const MAX_DOMAINS = 50_000
/** Below this weight the model knows nothing. */
export const LEARNING_SAMPLES = 4
/** Until both are reached results are marked as a young model's. */
export const YOUNG_MS = 24 * 3_600_000
export const YOUNG_SAMPLES = 200
/** A population of fewer is none. */
const FEW_DOMAINS = 3

export interface Draw {
  readonly zone: string
  /** Information content in bytes, greater than 0. */
  readonly value: number
}

export interface Scored extends Draw {
  readonly logProbability: number
  readonly probability: number
  readonly raw: number
  readonly score: number
}

interface Snapshot {
  readonly sample: LogNormalState
  readonly startedAt: number | null
  readonly lastBucketAt: number | null
  readonly largest: number
  readonly largestAge: number
  readonly sinceFade: number
  readonly domains: readonly (readonly [string, number])[]
  readonly scores: readonly (readonly [number, number])[]
}

/**
 * One distribution for all domains: each domain's information content in each bucket is one draw. Learns a bucket, then
 * scores it. The same buckets in the same order give the same scores, wherever a snapshot was taken.
 */
export class PopulationModel {
  private sample: LogNormalState
  private startedAt: number | null
  private lastBucketAt: number | null
  private largest: number
  private largestAge: number
  private sinceFade: number
  /** Buckets each domain was seen in, longest unseen first. */
  private readonly domains: Map<string, number>
  private domainBuckets = 0
  private readonly scores: QuantileHistogram

  constructor(snapshot?: unknown) {
    const from = snapshot as Snapshot | undefined
    this.sample = from?.sample ?? emptyLogNormal
    this.startedAt = from?.startedAt ?? null
    this.lastBucketAt = from?.lastBucketAt ?? null
    this.largest = from?.largest ?? 0
    this.largestAge = from?.largestAge ?? 0
    this.sinceFade = from?.sinceFade ?? 0
    this.domains = new Map(from?.domains)
    for (const buckets of this.domains.values()) this.domainBuckets += buckets
    this.scores = new QuantileHistogram(from?.scores)
  }

  /** Weight of what was learned. */
  get samples(): number {
    return this.sample.weight
  }

  /** Domains seen so far, as far as they are remembered. */
  get domainsSeen(): number {
    return this.domains.size
  }

  /** Event time since the first bucket, ms. */
  get ageMs(): number {
    return this.startedAt === null || this.lastBucketAt === null ? 0 : this.lastBucketAt - this.startedAt + BUCKET_MS
  }

  /** End of the last bucket that was learned, epoch ms; null before the first. */
  get learnedUntil(): number | null {
    return this.lastBucketAt === null ? null : this.lastBucketAt + BUCKET_MS
  }

  /** The information content to expect of a domain, bytes. */
  get typical(): number {
    return typical(this.sample)
  }

  /** Why results are not to be trusted yet, or null. */
  caution(): string | null {
    if (this.sample.weight < LEARNING_SAMPLES) return `Learning: ${Math.floor(this.sample.weight)} of ${LEARNING_SAMPLES} samples.`
    if (this.domains.size < FEW_DOMAINS)
      return `Only ${this.domains.size} domains were seen: comparing a domain with so few says little. The other detectors judge it by itself.`
    if (this.ageMs >= YOUNG_MS && this.sample.weight >= YOUNG_SAMPLES) return null
    const hours = (this.ageMs / 3_600_000).toFixed(1)
    return `Young model: ${Math.round(this.sample.weight)} samples over ${hours} hours; it settles after ${YOUNG_SAMPLES} samples and one day.`
  }

  /** What it rests on, beside what it needs to be trusted. */
  learning(): NonNullable<DetectorStatus['learning']> {
    const caution = this.caution()
    return {
      warm: caution === null,
      sentence: caution ?? `It knows this network: ${Math.round(this.sample.weight)} samples of ${this.domains.size} domains.`,
      parts: [
        { label: 'Domains', have: this.domains.size, need: FEW_DOMAINS },
        { label: 'Samples', have: Math.round(this.sample.weight), need: YOUNG_SAMPLES },
        { label: 'Hours', have: Math.floor(this.ageMs / 3_600_000), need: YOUNG_MS / 3_600_000 },
      ],
    }
  }

  /**
   * Learns a closed bucket and scores it.
   *
   * @param bucketAt - Start of the bucket, later than every earlier one.
   * @param draws - One per domain seen in it.
   * @param floor - Bytes; smaller draws are learned and not scored.
   * @returns The draws at or above the floor.
   */
  close(bucketAt: number, draws: readonly Draw[], floor: number): Scored[] {
    this.age(bucketAt)
    for (const { zone, value } of draws) this.sample = learn(this.sample, value, this.weigh(zone))
    this.forgetDomains()
    const tails = draws.map((draw) => {
      const logProbability = logUpperTail(this.sample, draw.value)
      const probability = Math.exp(logProbability)
      return { ...draw, logProbability, probability, raw: rawScore(probability) }
    })
    for (const { raw } of tails) this.remember(raw)
    return tails
      .filter(({ value }) => value >= floor)
      .map((tail) => ({ ...tail, score: anomalyScore(tail.raw, tail.probability, this.scores, this.largest) }))
  }

  /** Natural logarithm of the probability of a value under what is learned now. */
  logProbabilityOf(value: number): number {
    return logUpperTail(this.sample, value)
  }

  snapshot(): unknown {
    const { sample, startedAt, lastBucketAt, largest, largestAge, sinceFade } = this
    const domains = [...this.domains]
    return { sample, startedAt, lastBucketAt, largest, largestAge, sinceFade, domains, scores: this.scores.snapshot() } satisfies Snapshot
  }

  private age(bucketAt: number): void {
    this.startedAt ??= bucketAt
    const elapsed = this.lastBucketAt === null ? 1 : Math.max(1, Math.round((bucketAt - this.lastBucketAt) / BUCKET_MS))
    this.lastBucketAt = bucketAt
    const youth = Math.min(1, Math.max(0, 1 - (bucketAt - this.startedAt) / HASTE_MS))
    const decay = Math.exp(-DECAY_PER_BUCKET * (1 + INITIAL_HASTE * youth) * elapsed)
    this.sample = forget(this.sample, decay)
    this.sinceFade += elapsed
    if (this.sinceFade >= FADE_EVERY_BUCKETS) {
      this.scores.fade(Math.exp(-DECAY_PER_BUCKET * this.sinceFade))
      this.sinceFade = 0
    }
    this.largestAge += elapsed
    if (this.largestAge > LARGEST_BUCKETS) this.largest = 0
  }

  /** A domain seen in every bucket does not outweigh rare ones. */
  private weigh(zone: string): number {
    const buckets = (this.domains.get(zone) ?? 0) + 1
    this.domains.delete(zone)
    this.domains.set(zone, buckets)
    this.domainBuckets++
    return Math.min(1, this.domainBuckets / this.domains.size / buckets)
  }

  private forgetDomains(): void {
    for (const [zone, buckets] of this.domains) {
      if (this.domains.size <= MAX_DOMAINS) break
      this.domains.delete(zone)
      this.domainBuckets -= buckets
    }
  }

  private remember(raw: number): void {
    this.scores.add(raw)
    if (raw < this.largest || raw === 0) return
    this.largest = raw
    this.largestAge = 0
  }
}
