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

/** After a restart or a refusal, a source that sends from several queues has sent all it kept once so long nothing of it was late. */
const CAUGHT_UP_MS = 15_000

interface Lag {
  /** Wall clock. */
  readonly at: number
  maxMs: number
}

/**
 * Event time that all active sources are believed to have passed: the wall clock less the worst lag any of them showed
 * in the last minutes, and never less than the lateness bound. It moves with the wall clock when nothing arrives, and a
 * clock that is ahead cannot push it.
 *
 * Senders that found us away, or were refused, send what they kept meanwhile. That lag is ours and grows less with every
 * delivery: until a source is on time again only its lag of the last seconds counts, so that a minute without us does not
 * cost the alarms of five.
 */
export class Watermark {
  private readonly lags = new Map<string, Lag[]>()
  /** Sources that were on time again since. */
  private readonly caughtUp = new Set<string>()

  /** @param awayUntilMs - senders could not deliver before: since when they can again. Wall clock. */
  constructor(private awayUntilMs = Number.NEGATIVE_INFINITY) {}

  /** A delivery was refused: what comes next is late by our doing. */
  refused(nowMs: number): void {
    this.awayUntilMs = nowMs
    this.caughtUp.clear()
  }

  /** @param oldestAt - event time of the delivery's oldest event. */
  note(logSourceId: string, oldestAt: number, nowMs: number): void {
    const lagMs = nowMs - oldestAt
    const isCatchingUp = this.isCatchingUp(logSourceId, nowMs)
    if (isCatchingUp) this.dropSettled(logSourceId, nowMs)
    // Further behind than may be waited for: to wait for it would delay others and not be enough.
    if (lagMs > MAX_HOLD_MS - MARGIN_MS) return
    if (lagMs <= LATENESS_MS - MARGIN_MS) {
      if (isCatchingUp && !this.lags.has(logSourceId) && nowMs - this.awayUntilMs >= CAUGHT_UP_MS) this.caughtUp.add(logSourceId)
      return
    }
    const known = this.lags.get(logSourceId) ?? []
    const last = known.at(-1)
    const grainMs = isCatchingUp ? 1_000 : SLICE_MS
    if (last !== undefined && Math.floor(last.at / grainMs) === Math.floor(nowMs / grainMs)) last.maxMs = Math.max(last.maxMs, lagMs)
    else known.push({ at: nowMs, maxMs: lagMs })
    this.lags.set(logSourceId, known)
    if (this.lags.size > MAX_SOURCES) this.forgetOne()
  }

  at(nowMs: number): number {
    let hold = LATENESS_MS
    const oldest = Math.floor((nowMs - SILENT_MS) / SLICE_MS)
    for (const [logSourceId, lags] of this.lags) {
      const recent = lags.filter(({ at }) => Math.floor(at / SLICE_MS) > oldest)
      if (recent.length === 0) this.lags.delete(logSourceId)
      else if (recent.length < lags.length) this.lags.set(logSourceId, recent)
      for (const { maxMs } of recent) hold = Math.max(hold, maxMs + MARGIN_MS)
    }
    return nowMs - Math.min(hold, MAX_HOLD_MS)
  }

  /** Who has not caught up within minutes lags by itself. */
  private isCatchingUp(logSourceId: string, nowMs: number): boolean {
    if (nowMs - this.awayUntilMs < SILENT_MS) return !this.caughtUp.has(logSourceId)
    this.caughtUp.clear()
    return false
  }

  /** To be called when the source delivers: one that sends once a minute goes on being waited for. */
  private dropSettled(logSourceId: string, nowMs: number): void {
    const recent = (this.lags.get(logSourceId) ?? []).filter(({ at }) => nowMs - at <= CAUGHT_UP_MS)
    if (recent.length === 0) this.lags.delete(logSourceId)
    else this.lags.set(logSourceId, recent)
  }

  private forgetOne(): void {
    for (const first of this.lags.keys()) {
      this.lags.delete(first)
      return
    }
  }
}
