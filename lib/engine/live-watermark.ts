/**
 * Disorder every source is granted. Query and answer of one look-up leave a collector up to 10 s apart, shippers flush
 * every 1–10 s (Filebeat and Fluent Bit by default), and clocks kept by NTP differ by less than one: 30 s holds all of
 * it and leaves half a minute of the promised minute.
 */
export const LATENESS_MS = 30_000
/**
 * The longest a source that lags may hold the detectors back. A sender of files of one minute fits in; one whose clock or
 * queue is further behind is read late and repaired, so that it cannot delay the alarms of all others.
 */
export const MAX_HOLD_MS = 120_000
/** Beside what a source was seen to lag. */
const MARGIN_MS = 10_000
/** A source that was silent for so long holds nothing back. */
const SILENT_MS = 300_000
const SLICE_MS = 60_000
/** Sources told apart; an engine has dozens. */
const MAX_SOURCES = 1_000

interface Lag {
  readonly slice: number
  maxMs: number
}

/**
 * Event time that all active sources are believed to have passed: the wall clock less the worst lag any of them showed
 * in the last minutes, and never less than the lateness bound. It moves with the wall clock when nothing arrives, and a
 * clock that is ahead cannot push it.
 */
export class Watermark {
  private readonly lags = new Map<string, Lag[]>()

  /** @param oldestAt - event time of the delivery's oldest event. */
  note(logSourceId: string, oldestAt: number, nowMs: number): void {
    const lagMs = nowMs - oldestAt
    // Further behind than may be waited for: to wait for it would delay others and not be enough.
    if (lagMs > MAX_HOLD_MS - MARGIN_MS || lagMs <= LATENESS_MS - MARGIN_MS) return
    const slice = Math.floor(nowMs / SLICE_MS)
    const known = this.lags.get(logSourceId) ?? []
    const last = known.at(-1)
    if (last?.slice === slice) last.maxMs = Math.max(last.maxMs, lagMs)
    else known.push({ slice, maxMs: lagMs })
    this.lags.set(logSourceId, known)
    if (this.lags.size > MAX_SOURCES) this.forgetOne()
  }

  at(nowMs: number): number {
    let hold = LATENESS_MS
    const oldest = Math.floor((nowMs - SILENT_MS) / SLICE_MS)
    for (const [logSourceId, lags] of this.lags) {
      const recent = lags.filter(({ slice }) => slice > oldest)
      if (recent.length === 0) this.lags.delete(logSourceId)
      else if (recent.length < lags.length) this.lags.set(logSourceId, recent)
      for (const { maxMs } of recent) hold = Math.max(hold, maxMs + MARGIN_MS)
    }
    return nowMs - Math.min(hold, MAX_HOLD_MS)
  }

  private forgetOne(): void {
    for (const first of this.lags.keys()) {
      this.lags.delete(first)
      return
    }
  }
}
