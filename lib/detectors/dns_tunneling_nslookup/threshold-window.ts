/** Something counted: an event that matched the rule's query, or several folded into one. */
export interface Counted {
  /** Value of the grouping field. */
  readonly group: string
  /** Event time, epoch ms; of the newest when several are folded. */
  readonly at: number
  /** Number of events it stands for. */
  readonly weight: number
}

/** A window of event time, both ends inclusive. */
export interface RuleWindow {
  readonly fromMs: number
  readonly toMs: number
}

/** Group → newest event that has been part of an alarm. */
export type SignalHistory = ReadonlyMap<string, number>

export interface Hit<E extends Counted> {
  readonly group: string
  readonly count: number
  readonly firstAt: number
  readonly lastAt: number
  readonly counted: readonly E[]
}

export interface ThresholdResult<E extends Counted> {
  /** In ascending order of group, at most `maxHits`. */
  readonly hits: readonly Hit<E>[]
  /** Groups over the threshold that the limit cut off; they stay uncounted for the next run. */
  readonly cut: readonly string[]
  readonly history: SignalHistory
}

function hitOf<E extends Counted>(group: string, counted: readonly E[]): Hit<E> {
  const times = counted.map(({ at }) => at)
  return {
    group,
    count: counted.reduce((sum, { weight }) => sum + weight, 0),
    firstAt: times.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY),
    lastAt: times.reduce((most, at) => Math.max(most, at), Number.NEGATIVE_INFINITY),
    counted,
  }
}

/**
 * One run of a threshold rule over one window. An event of a group is not counted again once an event as new as it was
 * part of an alarm of that group; that memory lasts while the newest such event is inside the window.
 *
 * @param events - what matched the query, in any order; what lies outside the window is not counted.
 */
export function runThreshold<E extends Counted>(
  events: Iterable<E>,
  window: RuleWindow,
  history: SignalHistory,
  limits: { readonly threshold: number; readonly maxHits: number },
): ThresholdResult<E> {
  const remembered = new Map([...history].filter(([, lastAt]) => lastAt > window.fromMs))
  const groups = new Map<string, E[]>()
  for (const event of events) {
    const counted = remembered.get(event.group)
    if (event.at < window.fromMs || event.at > window.toMs || (counted !== undefined && event.at <= counted)) continue
    const group = groups.get(event.group)
    if (group === undefined) groups.set(event.group, [event])
    else group.push(event)
  }
  const over = [...groups]
    .map(([group, counted]) => hitOf(group, counted))
    .filter(({ count }) => count >= limits.threshold)
    .sort((left, right) => (left.group < right.group ? -1 : 1))
  const hits = over.slice(0, limits.maxHits)
  for (const { group, lastAt } of hits) remembered.set(group, lastAt)
  return { hits, cut: over.slice(limits.maxHits).map(({ group }) => group), history: remembered }
}
