/** An alarm this old is brought up to date more rarely: its counts go on, its evidence hardly changes. */
const YOUNG_MS = 600_000
/** Cases remembered as open; beyond it the longest without a finding are taken as new when they come again. */
const MAX_OPEN = 10_000

export interface Pace {
  /** Time between two looks at an open case. */
  readonly updateMs: number
  /** Times that, once a case has been open for ten minutes. */
  readonly oldFactor: number
  /** A case without a finding for so long is over; 0: as soon as it is due and nothing was added. */
  readonly keepMs: number
}

/** Something a detector has told and keeps up to date. */
export interface OpenCase<T> {
  readonly key: string
  readonly openedAt: number
  lastFindingAt: number
  /** Last time it was looked at, with or without a finding. */
  lookedAt: number
  /** Something was added since it was last looked at. */
  isDirty: boolean
  /** What the detector needs to look again. JSON. */
  value: T
}

/** Open cases of a detector, oldest look first: which to look at again and when. Every detector that tells of keys paces itself by it. */
export class OpenCases<T> {
  private readonly cases = new Map<string, OpenCase<T>>()
  /** Zones that cases are about, and how many: nearly every pair that is asked about is below none of them. */
  private readonly zones = new Map<string, number>()

  constructor(
    private readonly pace: Pace,
    private readonly zonesOf: (value: T) => readonly string[],
    snapshot: readonly OpenCase<T>[] = [],
  ) {
    for (const one of snapshot) this.put({ ...one })
  }

  get(key: string): OpenCase<T> | undefined {
    return this.cases.get(key)
  }

  /** Whether some case is about the zone. */
  coversSomeOf(zone: string): boolean {
    return this.zones.size > 0 && this.zones.has(zone)
  }

  values(): Iterable<OpenCase<T>> {
    return this.cases.values()
  }

  get size(): number {
    return this.cases.size
  }

  /** Remembers a finding: opens the case, or goes on with what `before` began. */
  report(key: string, nowMs: number, value: T, before?: OpenCase<T>): void {
    const openedAt = before?.openedAt ?? nowMs
    this.put({ key, openedAt, lastFindingAt: nowMs, lookedAt: nowMs, isDirty: false, value })
    if (this.cases.size <= MAX_OPEN) return
    for (const oldest of this.cases.keys()) {
      this.delete(oldest)
      break
    }
  }

  /** Looked at without a finding: it stays until its time is over. */
  keep(one: OpenCase<T>, nowMs: number): void {
    if (nowMs - one.lastFindingAt < this.pace.keepMs) this.put({ ...one, lookedAt: nowMs, isDirty: false })
  }

  delete(key: string): void {
    const one = this.cases.get(key)
    if (one === undefined) return
    this.cases.delete(key)
    for (const zone of this.zonesOf(one.value)) {
      const left = (this.zones.get(zone) ?? 1) - 1
      if (left > 0) this.zones.set(zone, left)
      else this.zones.delete(zone)
    }
  }

  /**
   * Takes out the cases to look at now; each is to be reported, kept or dropped by the caller. Cases whose time is over go.
   */
  takeDue(nowMs: number): readonly OpenCase<T>[] {
    const due: OpenCase<T>[] = []
    for (const one of this.cases.values()) {
      if (nowMs < this.dueAt(one)) continue
      if (one.isDirty) due.push(one)
      if (one.isDirty || nowMs - one.lastFindingAt >= this.pace.keepMs) this.delete(one.key)
    }
    return due
  }

  /** When the next case that changed is due; null when none did. */
  wakeAt(): number | null {
    let next: number | null = null
    for (const one of this.cases.values()) {
      if (!one.isDirty) continue
      const at = this.dueAt(one)
      if (next === null || at < next) next = at
    }
    return next
  }

  snapshot(): OpenCase<T>[] {
    return [...this.cases.values()].map((one) => ({ ...one }))
  }

  private put(one: OpenCase<T>): void {
    this.delete(one.key)
    this.cases.set(one.key, one)
    for (const zone of this.zonesOf(one.value)) this.zones.set(zone, (this.zones.get(zone) ?? 0) + 1)
  }

  private dueAt({ openedAt, lastFindingAt, lookedAt }: OpenCase<T>): number {
    const { updateMs, oldFactor } = this.pace
    return lookedAt + updateMs * (lastFindingAt - openedAt < YOUNG_MS ? 1 : oldFactor)
  }
}

/** The earlier of two appointments. */
export function earlier(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b
  return Math.min(a, b)
}
