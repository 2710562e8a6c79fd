/** Half-open `[fromMs, toMs)` of event time. */
export interface TimeRange {
  readonly fromMs: number
  readonly toMs: number
}
