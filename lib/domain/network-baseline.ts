/**
 * What zones of this network do in a minute, as histograms: pieces of a long count add up, and quantiles come out of the sum.
 * A value is one zone in one minute (of one source, when the alarm has one), measured as an alarm's minutes are.
 */
export const BASELINE_MEASURES = ['readabilityBits', 'entropyBits', 'length', 'otherTypes', 'names', 'queries'] as const
export type BaselineMeasure = (typeof BASELINE_MEASURES)[number]

/** `[cell, weight]`, sparse; see `cellOf`. */
export type BaselineCells = readonly (readonly [cell: number, weight: number])[]
export type BaselineValues = Readonly<Record<BaselineMeasure, BaselineCells>>

export interface BaselineBand {
  /** Start of the band, epoch ms; it ends a step later. */
  readonly at: number
  readonly values: BaselineValues
}

export interface BaselinePiece {
  /** The hours compared, epoch ms, half-open. */
  readonly range: { readonly from: number; readonly to: number }
  readonly stepMs: number
  readonly bands: readonly BaselineBand[]
  /** Lookups of other zones read for this piece. */
  readonly lookups: number
  /** Minutes read up to now, of those the range has, and how many will be read. */
  readonly minutesRead: number
  readonly minutesOf: number
  readonly minutesPlanned: number
  /** Where to go on; null when the sample is complete. */
  readonly nextCursor: string | null
}

/** Cells of a unit: 0.05 bits, a byte, a hundredth; counts on a logarithmic scale, a sixteenth of a doubling wide. */
const CELLS_PER_UNIT: Readonly<Record<BaselineMeasure, number | 'doublings'>> = {
  readabilityBits: 20,
  entropyBits: 20,
  length: 1,
  otherTypes: 100,
  names: 'doublings',
  queries: 'doublings',
}
const PER_DOUBLING = 16

/** @param value - 0 or more; a count is 1 or more. */
export function cellOf(measure: BaselineMeasure, value: number): number {
  const cells = CELLS_PER_UNIT[measure]
  return Math.round(cells === 'doublings' ? PER_DOUBLING * Math.log2(Math.max(1, value)) : value * cells)
}

export function centreOf(measure: BaselineMeasure, cell: number): number {
  const cells = CELLS_PER_UNIT[measure]
  if (cells !== 'doublings') return cell / cells
  const value = 2 ** (cell / PER_DOUBLING)
  // Small counts are whole, and each has a cell of its own.
  return value < 16 ? Math.round(value) : Math.round(value * 10) / 10
}

export const weightOf = (cells: BaselineCells): number => cells.reduce((sum, [, weight]) => sum + weight, 0)

export function addCells(a: BaselineCells, b: BaselineCells): BaselineCells {
  const sum = new Map(a)
  for (const [cell, weight] of b) sum.set(cell, (sum.get(cell) ?? 0) + weight)
  return [...sum].sort(([x], [y]) => x - y)
}

export const emptyValues = (): BaselineValues => valuesOf(() => [])

/** A value for each measure. */
export const valuesOf = (of: (measure: BaselineMeasure) => BaselineCells): BaselineValues => ({
  readabilityBits: of('readabilityBits'),
  entropyBits: of('entropyBits'),
  length: of('length'),
  otherTypes: of('otherTypes'),
  names: of('names'),
  queries: of('queries'),
})

export const addValues = (a: BaselineValues, b: BaselineValues): BaselineValues => valuesOf((measure) => addCells(a[measure], b[measure]))

/** Smallest value with at least `share` of the weight at or below it; null when there is none. */
export function quantileOf(measure: BaselineMeasure, cells: BaselineCells, share: number): number | null {
  const whole = weightOf(cells)
  let below = 0
  for (const [cell, weight] of cells) {
    below += weight
    if (below >= share * whole - 1e-9) return centreOf(measure, cell)
  }
  return null
}

/** Share of the weight below the value, 0–1. */
export function shareBelow(measure: BaselineMeasure, cells: BaselineCells, value: number): number {
  const limit = cellOf(measure, value)
  const whole = weightOf(cells)
  return whole === 0 ? 0 : cells.reduce((sum, [cell, weight]) => sum + (cell < limit ? weight : 0), 0) / whole
}

/** Types whose answer is where to connect to: what host names are asked for. */
const ADDRESS_TYPES: ReadonlySet<string> = new Set(['A', 'AAAA', 'HTTPS', 'SVCB'])

/** Share of lookups that ask for no address, 0–1; null when the log tells no types. Key `-` is a lookup without a type. */
export function otherTypesShare(byType: Readonly<Record<string, number>>): number | null {
  let told = 0
  let others = 0
  for (const [type, count] of Object.entries(byType)) {
    if (type === '-') continue
    told += count
    if (!ADDRESS_TYPES.has(type)) others += count
  }
  return told === 0 ? null : others / told
}

const MINUTE = 60_000
const HOUR = 60 * MINUTE
/** Steps of bands; at most 24 of them, so that each holds enough to tell a quantile. */
const STEPS = [15, 30, 60, 120, 240, 480, 1_440, 2_880, 10_080].map((minutes) => minutes * MINUTE)
const MAX_BANDS = 24

/** The whole hours an alarm lies in. */
export function baselineRange(firstSeenAt: number, lastSeenAt: number): { readonly from: number; readonly to: number } {
  return { from: Math.floor(firstSeenAt / HOUR) * HOUR, to: (Math.floor(lastSeenAt / HOUR) + 1) * HOUR }
}

export const baselineStep = (spanMs: number): number =>
  STEPS.find((step) => spanMs / step <= MAX_BANDS) ?? Math.ceil(spanMs / MAX_BANDS / HOUR) * HOUR
