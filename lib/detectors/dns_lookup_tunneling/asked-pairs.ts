import type { PairKey, TallyView } from '../detector'
import { pairKey } from './subject'

interface Snapshot {
  readonly told: readonly string[]
  readonly listed: number
}

/** Which pairs of the minute under way wait for its end: those asked in it, but for those that an open case tells of. */
export class AskedPairs {
  /** Keys of pairs that an open case told of when they were last touched in the minute. */
  private told: Set<string>
  /** Pairs listed for the minute before the step under way. */
  private listed: number

  constructor(snapshot?: Snapshot) {
    this.told = new Set(snapshot?.told)
    this.listed = snapshot?.listed ?? 0
  }

  isTold(pair: PairKey): boolean {
    return this.told.size > 0 && this.told.has(pairKey(pair))
  }

  /** The pair was touched, and a case told of it or not. */
  note(pair: PairKey, isTold: boolean): void {
    if (isTold) this.told.add(pairKey(pair))
    else if (this.told.size > 0) this.told.delete(pairKey(pair))
  }

  /** Zones that the source asked in the minute, up to the pair whose turn it is: pairs have their turn by zone in every step. */
  zonesUpTo({ source, zone }: PairKey, minute: number, view: TallyView): readonly string[] {
    return view
      .askedIn(minute)
      .filter((other, index) => other.source === source && (index < this.listed || other.zone <= zone) && !this.isTold(other))
      .map((other) => other.zone)
  }

  /** @param minute - under way; null when nobody waits. */
  endStep(minute: number | null, view: TallyView): void {
    this.listed = minute === null ? 0 : view.askedIn(minute).length
  }

  snapshot(): Snapshot {
    return { told: [...this.told], listed: this.listed }
  }
}
