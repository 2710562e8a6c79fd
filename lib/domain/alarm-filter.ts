import type { AlarmStatus } from './alarm'
import type { Severity } from './severity'

/** What narrows a list of alarms, whoever asks; a list means any of it. */
export interface AlarmNarrowing {
  readonly status?: readonly AlarmStatus[]
  readonly severity?: readonly Severity[]
  readonly detector?: readonly string[]
  readonly zone?: string
  readonly source?: string
  readonly hostId?: string
  readonly technique?: string
  /** `none` or the id of a person; asked for through the API also `me`. */
  readonly owner?: string
  /** Id or name of a host. */
  readonly host?: string
  readonly user?: string
  readonly tool?: string
  /** Closed at or after, epoch ms UTC. */
  readonly closedFrom?: number
  /** Key of a story. */
  readonly story?: string
  /** Free text over id, zone, source, host, user, summary. */
  readonly text?: string
}

export type AlarmSort = 'worst' | 'newest' | 'oldest'
