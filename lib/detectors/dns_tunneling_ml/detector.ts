import type { DetectorStatus } from '@/lib/domain/detector-status'
import type { AnomalyBucket } from '@/lib/domain/evidence'
import type { Tally } from '@/lib/domain/tally'
import { infoContent } from '@/lib/stats/info-content'
import type { Detector, DetectorRun, Finding, Settings, Step, TallyView } from '../detector'
import { informationBytes, measureNames } from '../name-measures'
import { isSearchTail } from '../search-tail'
import { findingOf, type Influence } from './explain'
import { isOfMany, Surroundings } from './of-many'
import { PopulationModel, type Scored } from './population-model'
import { BUCKET_MS, rule } from './rule'

/** Sources whose own share of an anomaly is worked out. */
const MAX_SOURCES = 20
/** Buckets shown with an alarm, a day. */
const MAX_BUCKETS = 96

interface Snapshot {
  readonly bucketAt: number | null
  readonly model: unknown
  readonly history: readonly (readonly [string, readonly AnomalyBucket[]])[]
}

/** @see `guide.md` */
export const dnsTunnelingMl: Detector = {
  rule,
  create: (settings, snapshot) => new Run(settings, snapshot as Snapshot | undefined),
  // What is ordinary here was learned, whatever the thresholds are.
  carryOver: (snapshot) => snapshot,
}

class Run implements DetectorRun {
  /** Start of the bucket under way; null when nothing was asked since the last one closed. */
  private bucketAt: number | null
  private readonly model: PopulationModel
  /** Anomalous buckets of the last day, by zone. */
  private readonly history: Map<string, readonly AnomalyBucket[]>

  constructor(
    private readonly settings: Settings,
    snapshot: Snapshot | undefined,
  ) {
    this.bucketAt = snapshot?.bucketAt ?? null
    this.model = new PopulationModel(snapshot?.model)
    this.history = new Map(snapshot?.history)
  }

  step({ fromMs, nowMs, touched, view }: Step): readonly Finding[] {
    const findings = this.bucketAt !== null && this.bucketAt + BUCKET_MS < nowMs ? this.close(this.bucketAt, nowMs, view) : []
    if (touched.length > 0) this.bucketAt ??= fromMs - (fromMs % BUCKET_MS)
    if (this.bucketAt !== null && this.bucketAt + BUCKET_MS === nowMs) findings.push(...this.close(this.bucketAt, nowMs, view))
    return findings
  }

  wakeAt(): number | null {
    return this.bucketAt === null ? null : this.bucketAt + BUCKET_MS
  }

  snapshot(): unknown {
    return { bucketAt: this.bucketAt, model: this.model.snapshot(), history: [...this.history] } satisfies Snapshot
  }

  status(): DetectorStatus {
    return { learning: this.model.learning(), runs: { lastAt: this.model.learnedUntil, nextAt: this.wakeAt() } }
  }

  private close(bucketAt: number, nowMs: number, view: TallyView): Finding[] {
    this.bucketAt = null
    const bucket = readBucket(view, bucketAt, nowMs)
    const scored = this.model.close(
      bucketAt,
      bucket.map(({ tally, value }) => ({ zone: tally.zone, value })),
      this.settings.informationBytes ?? 350,
    )
    const around = new Surroundings(view, this.settings.informationBytes ?? 350)
    const tallies = new Map(bucket.map(({ tally }) => [tally.zone, tally]))
    const over = scored
      .filter(({ score }) => score >= (this.settings.anomalyScore ?? 50))
      .filter(({ zone }) => !isExplained(tallies.get(zone), view, nowMs - bucketAt) && !isOfMany(zone, around))
      .toSorted((a, b) => b.score - a.score || b.value - a.value || (a.zone < b.zone ? -1 : 1))
    const limit = this.settings.alarmsPerRun ?? 100
    const notices =
      over.length > limit ? [`${over.length} domains were over the threshold in this run; the ${limit} highest are shown.`] : []
    this.dropHistory(bucketAt)
    return over.slice(0, limit).flatMap((one) => {
      const tally = tallies.get(one.zone)
      return tally === undefined ? [] : [this.finding(one, tally, { bucketAt, nowMs, view, notices })]
    })
  }

  private finding(
    scored: Scored,
    tally: Tally,
    { bucketAt, nowMs, view, notices }: { bucketAt: number; nowMs: number; view: TallyView; notices: readonly string[] },
  ): Finding {
    const influencers = this.influencersOf(scored, bucketAt, nowMs, view)
    const bucket: AnomalyBucket = {
      at: bucketAt,
      informationBytes: scored.value,
      typicalBytes: this.model.typical,
      probability: scored.probability,
      anomalyScore: scored.score,
      distinctNames: tally.names.distinct,
      queries: tally.queries,
      estimated: !tally.names.complete,
      influencers: influencers.map(({ source, influence }) => ({ source, influence })),
    }
    const buckets = [...(this.history.get(scored.zone) ?? []), bucket].slice(-MAX_BUCKETS)
    this.history.set(scored.zone, buckets)
    const caution = this.model.caution()
    return findingOf({
      tally,
      bucket,
      buckets,
      influencers,
      view,
      nowMs,
      settings: this.settings,
      learned: { samples: this.model.samples, domains: this.model.domainsSeen, ageMs: this.model.ageMs },
      notices: [...notices, ...(caution === null ? [] : [caution])],
    })
  }

  /** Sources whose names alone would have been nearly as improbable. */
  private influencersOf({ zone, logProbability }: Scored, bucketAt: number, nowMs: number, view: TallyView): Influence[] {
    const sources = view.sourcesOf(zone, nowMs - bucketAt).slice(0, MAX_SOURCES)
    return sources
      .flatMap((own) => {
        if (own.source === null) return []
        const logOwn = sources.length === 1 ? logProbability : this.model.logProbabilityOf(informationBytes(own.names))
        const influence = logProbability === 0 ? 0 : Math.min(1, Math.max(0, logOwn / logProbability))
        return influence >= (this.settings.influence ?? 0.4) ? [{ source: own.source, influence, tally: own }] : []
      })
      .toSorted((a, b) => b.influence - a.influence || (a.source < b.source ? -1 : 1))
  }

  private dropHistory(bucketAt: number): void {
    for (const [zone, buckets] of this.history) {
      const kept = buckets.filter(({ at }) => at > bucketAt - MAX_BUCKETS * BUCKET_MS)
      if (kept.length === 0) this.history.delete(zone)
      else this.history.set(zone, kept)
    }
  }
}

/** What asks a list for addresses, and hears that they are not on it, carries nothing: whoever carries data answers. */
const LIST_SHARE = 0.95
const MISSED_SHARE = 0.9

function isListLookup({ names, byRcode, queries }: Tally): boolean {
  const { forward, distinct } = measureNames(names)
  const answered = queries - (byRcode['-'] ?? 0)
  return forward <= (1 - LIST_SHARE) * distinct && answered > 0 && (byRcode.NXDOMAIN ?? 0) >= MISSED_SHARE * answered
}

/** Two kinds of names that hold much and are no channel of the domain's own. */
const isExplained = (tally: Tally | undefined, view: TallyView, spanMs: number): boolean =>
  tally !== undefined && (isListLookup(tally) || isSearchTail(tally, view, spanMs))

interface BucketDomain {
  readonly tally: Tally
  readonly value: number
}

/** Every domain's names in the bucket. A view that has moved on is read minute by minute, so that later minutes stay out. */
function readBucket(view: TallyView, bucketAt: number, nowMs: number): BucketDomain[] {
  const spanMs = nowMs - bucketAt
  const end = bucketAt + BUCKET_MS
  return [...view.zones(spanMs)].flatMap((zone) => {
    if (nowMs === end) {
      const tally = view.zone(zone, spanMs)
      return tally === null ? [] : [{ tally, value: informationBytes(tally.names) }]
    }
    const minutes = view.minutes(null, zone, spanMs).filter(({ fromMs }) => fromMs < end)
    const last = minutes.at(-1)
    if (last === undefined) return []
    return [merged(minutes, last, bucketAt, end)]
  })
}

/** Joins minutes of one zone; when a sample is incomplete, distinct names are bounded from below by the largest minute. */
function merged(minutes: readonly Tally[], last: Tally, fromMs: number, toMs: number): BucketDomain {
  const names = new Map(minutes.flatMap(({ names: { sample } }) => sample.map((name) => [name.name, name] as const)))
  const sample = [...names.values()].toSorted((a, b) => a.hash - b.hash)
  const complete = minutes.every((minute) => minute.names.complete)
  const distinct = complete ? sample.length : Math.max(sample.length, ...minutes.map((minute) => minute.names.distinct))
  const bytes = infoContent(sample.map(({ name }) => name))
  const tally: Tally = {
    ...last,
    fromMs,
    toMs,
    zone: last.zone,
    source: null,
    firstAt: Math.min(...minutes.map(({ firstAt }) => firstAt)),
    lastAt: Math.max(...minutes.map(({ lastAt }) => lastAt)),
    queries: minutes.reduce((sum, { queries }) => sum + queries, 0),
    byType: summed(minutes.map(({ byType }) => byType)),
    byRcode: summed(minutes.map(({ byRcode }) => byRcode)),
    queryBytes: minutes.reduce((sum, { queryBytes }) => sum + queryBytes, 0),
    responseBytes: minutes.reduce((sum, { responseBytes }) => sum + responseBytes, 0),
    names: { distinct, exact: complete, sample, complete },
  }
  return { tally, value: sample.length === 0 ? bytes : Math.round((bytes * distinct) / sample.length) }
}

function summed(counts: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const total: Record<string, number> = {}
  for (const one of counts) for (const [key, count] of Object.entries(one)) total[key] = (total[key] ?? 0) + count
  return total
}
