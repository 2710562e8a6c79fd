import {
  type BaselineBand,
  type BaselineCells,
  type BaselineMeasure,
  cellOf,
  otherTypesShare,
  valuesOf,
} from '@/lib/domain/network-baseline'
import { nameFeatures } from '@/lib/names/name-features'
import type { SampledLookup } from '@/lib/store/ports'

/** What one zone was asked in one minute. */
interface ZoneMinute {
  readonly zone: string
  queries: number
  readonly names: Set<string>
  readonly byType: Record<string, number>
}

type Histograms = Map<BaselineMeasure, Map<number, number>>

/** Adds lookups up to minutes of zones, and those to histograms, one for each band of time. */
export class BaselineCollector {
  lookups = 0
  private minute: number | null = null
  private readonly zones = new Map<string, ZoneMinute>()
  private readonly byBand = new Map<number, Histograms>()

  /** @param bySource - a value is a zone and source, not a zone. */
  constructor(
    private readonly fromMs: number,
    readonly stepMs: number,
    private readonly bySource: boolean,
  ) {}

  /** @param minute - start of the minute that is read; lookups of one minute come together. */
  add({ zone, source, qname, qtype }: SampledLookup, minute: number): void {
    if (minute !== this.minute) {
      this.endMinute()
      this.minute = minute
    }
    this.lookups += 1
    const key = this.bySource ? `${zone} ${source}` : zone
    let entry = this.zones.get(key)
    if (entry === undefined) {
      entry = { zone, queries: 0, names: new Set(), byType: {} }
      this.zones.set(key, entry)
    }
    entry.queries += 1
    entry.names.add(qname)
    const type = qtype ?? '-'
    entry.byType[type] = (entry.byType[type] ?? 0) + 1
  }

  endMinute(): void {
    if (this.minute === null) return
    const histograms = this.histogramsAt(this.minute)
    for (const entry of this.zones.values()) {
      for (const [measure, value] of measuresOf(entry)) {
        const cells = histograms.get(measure) ?? new Map<number, number>()
        const cell = cellOf(measure, value)
        cells.set(cell, (cells.get(cell) ?? 0) + 1)
        histograms.set(measure, cells)
      }
    }
    this.zones.clear()
    this.minute = null
  }

  /** Oldest first; bands in which nothing was read are absent. */
  bands(): BaselineBand[] {
    return [...this.byBand]
      .sort(([a], [b]) => a - b)
      .map(([at, histograms]) => {
        const cellsOf = (measure: BaselineMeasure): BaselineCells => [...(histograms.get(measure) ?? [])].sort(([a], [b]) => a - b)
        return { at, values: valuesOf(cellsOf) }
      })
  }

  private histogramsAt(minute: number): Histograms {
    const at = this.fromMs + Math.floor((minute - this.fromMs) / this.stepMs) * this.stepMs
    const known = this.byBand.get(at)
    if (known !== undefined) return known
    const histograms: Histograms = new Map()
    this.byBand.set(at, histograms)
    return histograms
  }
}

/** Means over the distinct names, as the minutes of an alarm have them; a measure that nothing tells is left out. */
function* measuresOf({ zone, queries, names, byType }: ZoneMinute): Generator<readonly [BaselineMeasure, number]> {
  let entropy = 0
  let length = 0
  let readability = 0
  let judged = 0
  for (const name of names) {
    const features = nameFeatures(name, zone)
    entropy += features.entropyBits
    length += features.length
    if (features.readabilityBits === null) continue
    readability += features.readabilityBits
    judged += 1
  }
  yield ['entropyBits', entropy / names.size]
  yield ['length', length / names.size]
  yield ['names', names.size]
  yield ['queries', queries]
  if (judged > 0) yield ['readabilityBits', readability / judged]
  const others = otherTypesShare(byType)
  if (others !== null) yield ['otherTypes', others]
}
