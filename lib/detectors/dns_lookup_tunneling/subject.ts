import type { PairKey } from '../detector'

/** What an open case is about: a pair, a zone over all sources (source null), or a source over several zones. */
export interface Subject {
  readonly source: string | null
  /** The alarm's own zone first. */
  readonly zones: readonly string[]
}

export const pairKey = ({ source, zone }: PairKey): string => `p ${zone} ${source}`
export const zoneKey = (zone: string): string => `z ${zone}`
export const sourceKey = (source: string): string => `s ${source}`
