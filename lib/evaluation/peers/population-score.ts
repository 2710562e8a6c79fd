import { anomalyScore, rawScore } from '@/lib/stats/anomaly-score'
import { infoContent } from '@/lib/stats/info-content'
import { emptyLogNormal, forget, learn, logUpperTail } from '@/lib/stats/log-normal-model'
import { QuantileHistogram } from '@/lib/stats/quantile-histogram'
import type { EvaluationLookup } from '../lookup'
import type { ScoredAlarm } from '../truth'
import { type Peer, peerAlarm } from './peer'

const BUCKET_MS = 15 * 60_000
const FLOOR_BYTES = 350
const ALARM_SCORE = 50
const DECAY = 0.00025
const HASTE = 3
const HASTE_BUCKETS = 21 * 96
const LARGEST_BUCKETS = 50
const LEARNING = 4

type Bucket = ReadonlyMap<string, ReadonlySet<string>>

function buckets(lookups: readonly EvaluationLookup[]): (readonly [number, Bucket])[] {
  const all = new Map<number, Map<string, Set<string>>>()
  for (const { at, name, domain } of lookups) {
    if (domain === null) continue
    const index = Math.floor(at / BUCKET_MS)
    const bucket = all.get(index) ?? new Map<string, Set<string>>()
    all.set(index, bucket)
    bucket.set(domain, (bucket.get(domain) ?? new Set()).add(name))
  }
  return [...all].sort(([a], [b]) => a - b)
}

/** One distribution of all domains' information content: learns a bucket, then scores it. */
class Population {
  private sample = emptyLogNormal
  private readonly buckets = new Map<string, number>()
  private total = 0
  private readonly past = new QuantileHistogram()
  private largest = 0
  private largestAge = 0
  private first: number | null = null
  private last: number | null = null

  /** @returns domains of the bucket that score high enough. */
  close(index: number, bucket: Bucket): string[] {
    this.age(index)
    const draws = [...bucket].map(([domain, names]) => ({ domain, value: infoContent(names) }))
    for (const { domain } of draws) this.buckets.set(domain, (this.buckets.get(domain) ?? 0) + 1)
    this.total += draws.length
    const mean = this.total / this.buckets.size
    for (const { domain, value } of draws) this.sample = learn(this.sample, value, Math.min(1, mean / (this.buckets.get(domain) ?? 1)))
    if (this.sample.weight < LEARNING) return []
    const scored = draws.map((draw) => {
      const probability = Math.exp(logUpperTail(this.sample, draw.value))
      return { ...draw, probability, raw: rawScore(probability) }
    })
    for (const { raw } of scored) this.remember(raw)
    return scored
      .filter(
        ({ value, raw, probability }) => value >= FLOOR_BYTES && anomalyScore(raw, probability, this.past, this.largest) >= ALARM_SCORE,
      )
      .map(({ domain }) => domain)
  }

  private age(index: number): void {
    this.first ??= index
    const elapsed = index - (this.last ?? index)
    this.last = index
    const youth = Math.min(1, Math.max(0, 1 - (index - this.first) / HASTE_BUCKETS))
    this.sample = forget(this.sample, Math.exp(-DECAY * (1 + HASTE * youth) * elapsed))
    this.largestAge += elapsed
    if (this.largestAge > LARGEST_BUCKETS) this.largest = 0
  }

  private remember(raw: number): void {
    this.past.add(raw)
    if (raw <= this.largest) return
    this.largest = raw
    this.largestAge = 0
  }
}

export const populationScore: Peer = {
  id: 'population-score',
  title: 'Elastic ML, approximated: information content of a domain unusual for the population, score 50 and 350 bytes in 15 minutes',
  source: 'elastic/kibana, job dns_tunneling; elastic/ml-cpp, documented behaviour of the normaliser',
  run(lookups) {
    const population = new Population()
    const alarms = new Map<string, ScoredAlarm>()
    for (const [index, bucket] of buckets(lookups))
      for (const domain of population.close(index, bucket))
        if (!alarms.has(domain)) alarms.set(domain, peerAlarm('population-score', 'low', domain, null, (index + 1) * BUCKET_MS))
    return [...alarms.values()]
  },
}
