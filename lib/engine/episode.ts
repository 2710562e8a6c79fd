import type { Finding } from '@/lib/detectors/detector'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { Evidence } from '@/lib/domain/evidence'
import { type Severity, severityOf, shownSeverity } from '@/lib/domain/severity'
import { createNameSketch, type NameSketchBuilder } from '@/lib/names/name-sketch'
import { alarmIdOf } from './alarm-id'
import { MINUTE_MS } from './cell-table'
import { mergeEvidence, mergeTechniques, surerTool } from './merge-evidence'
import type { CellSource, MinuteCell } from './tallies'

/** A key without findings for longer was quiet; its return counts as a recurrence. */
export const QUIET_MS = 30 * MINUTE_MS
const REPORT_EVERY_MS = MINUTE_MS
/** What nobody waits for is written rarely. */
const REPORT_SUPPRESSED_EVERY_MS = 60 * MINUTE_MS

interface State {
  /** Last report, its figures not yet brought up to date. */
  draft: AlarmDraft
  lastFindingAt: number
  lastReportAt: number
  changed: boolean
  /** Minutes before it are in `queries` and `names`. */
  countedTo: number
  queries: number
  /** Figures the minutes in memory do not cover: from an earlier analysis, or a detector that remembers longer. */
  baseQueries: number
  baseNames: number
}

export interface EpisodeSnapshot {
  readonly key: string
  readonly state: State
  readonly names: unknown
}

const minuteOf = (at: number): number => at - (at % MINUTE_MS)

/** One alarm in the making. */
export class Episode {
  private readonly state: State
  private readonly names: NameSketchBuilder

  constructor(
    snapshot: EpisodeSnapshot,
    private readonly cells: CellSource,
  ) {
    this.state = { ...snapshot.state }
    this.names = createNameSketch(snapshot.names ?? undefined)
  }

  /**
   * @param existing - the alarm of an earlier analysis that this episode continues.
   * @param recount - every event since the existing alarm began is observed again: its figures are not added to.
   */
  static open(
    key: string,
    finding: Finding,
    cells: CellSource,
    { existing, recount, demo }: { existing: AlarmDraft | null; recount: boolean; demo: boolean },
  ): Episode {
    const draft = existing === null ? toDraft(finding, demo) : mergeDraft(existing, finding)
    const isAddedTo = existing !== null && !recount
    const episode = new Episode(
      {
        key,
        names: null,
        state: {
          draft: isAddedTo || existing === null ? draft : { ...draft, recurrences: 0, openedAt: Math.min(draft.openedAt, finding.at) },
          lastFindingAt: finding.at,
          lastReportAt: finding.at,
          changed: true,
          countedTo: isAddedTo ? minuteOf(existing.lastSeenAt) + MINUTE_MS : minuteOf(draft.firstSeenAt),
          queries: 0,
          baseQueries: isAddedTo ? existing.queries : 0,
          baseNames: isAddedTo ? existing.distinctNames : 0,
        },
      },
      cells,
    )
    if (isAddedTo && finding.firstSeenAt - existing.lastSeenAt > QUIET_MS) episode.recur()
    if (!isAddedTo) episode.adopt(finding)
    return episode
  }

  get alarmId(): string {
    return this.state.draft.id
  }

  get lastFindingAt(): number {
    return this.state.lastFindingAt
  }

  /** The benign catalogue explains it, so far. */
  get isSuppressed(): boolean {
    return this.state.draft.evidence.suppression !== null
  }

  /** Of the same detector and zone. */
  isOf({ detector, zone }: Pick<Finding, 'detector' | 'zone'>): boolean {
    return this.state.draft.detector === detector && this.state.draft.zone === zone
  }

  get changed(): boolean {
    return this.state.changed
  }

  isDue(nowMs: number): boolean {
    return this.state.changed && nowMs - this.state.lastReportAt >= (this.isSuppressed ? REPORT_SUPPRESSED_EVERY_MS : REPORT_EVERY_MS)
  }

  continueWith(finding: Finding): void {
    const { state } = this
    const wasSuppressed = this.isSuppressed
    if (finding.zone === null) this.addOwnFigures(finding)
    this.countClosedMinutes(finding.at)
    if (finding.at - state.lastFindingAt > QUIET_MS) {
      this.recur()
      state.countedTo = Math.max(state.countedTo, minuteOf(finding.firstSeenAt))
    }
    state.draft = mergeDraft(state.draft, finding)
    state.lastFindingAt = finding.at
    state.changed = true
    // From now on somebody waits for it.
    if (wasSuppressed && !this.isSuppressed) state.lastReportAt = finding.at - REPORT_EVERY_MS
  }

  /** Adds the minutes that closed at or before `nowMs`, as long as the key is not quiet. */
  countClosedMinutes(nowMs: number): void {
    const { state } = this
    const end = Math.min(minuteOf(nowMs), minuteOf(state.lastFindingAt + QUIET_MS))
    if (state.draft.zone === null || end <= state.countedTo) return
    for (const cell of this.minutes(end)) {
      state.queries += cell.queries
      state.changed = true
      state.draft = { ...state.draft, lastSeenAt: Math.max(state.draft.lastSeenAt, cell.lastAt) }
      cell.addNamesTo(this.names)
    }
    state.countedTo = end
  }

  /** The alarm as of `nowMs`, the open minute included. */
  draft(nowMs: number): AlarmDraft {
    const { state } = this
    this.countClosedMinutes(nowMs)
    const open = state.draft.zone === null ? [] : this.minutes(Math.min(nowMs, state.lastFindingAt + QUIET_MS))
    const names = createNameSketch()
    names.merge(this.names)
    for (const cell of open) cell.addNamesTo(names)
    const queries = open.reduce((sum, cell) => sum + cell.queries, state.baseQueries + state.queries)
    const lastSeenAt = open.reduce((last, cell) => Math.max(last, cell.lastAt), state.draft.lastSeenAt)
    state.lastReportAt = nowMs
    state.changed = false
    const allQueries = Math.max(queries, state.draft.queries)
    const distinctNames = Math.max(state.baseNames + names.view().distinct, state.draft.distinctNames)
    // An estimate may be a little high; more names than lookups it cannot be.
    return { ...state.draft, lastSeenAt, queries: allQueries, distinctNames: Math.min(allQueries, distinctNames) }
  }

  snapshot(key: string): EpisodeSnapshot {
    return { key, state: { ...this.state }, names: this.names.snapshot() }
  }

  private minutes(beforeMs: number): readonly MinuteCell[] {
    const { draft, countedTo } = this.state
    if (draft.zone === null) return []
    return this.cells(draft.source, draft.zone, countedTo).filter((cell) => cell.at < beforeMs)
  }

  private recur(): void {
    const { state } = this
    state.draft = { ...state.draft, recurrences: state.draft.recurrences + 1 }
  }

  /** What the finding counts and the minutes in memory do not: its detector looks further back than they do. */
  private adopt(finding: Finding): void {
    const { state } = this
    const held = this.minutes(finding.at)
    const queries = held.reduce((sum, cell) => sum + cell.queries, 0)
    state.baseQueries = Math.max(0, finding.queries - queries)
    state.baseNames = finding.zone === null ? finding.distinctNames : 0
  }

  /** A process detector's windows overlap: only starts later than those known are added. */
  private addOwnFigures(finding: Finding): void {
    const { state } = this
    const { processStarts } = finding.evidence
    const isApart = finding.firstSeenAt > state.draft.lastSeenAt
    const later = processStarts.filter((start) => start.at > state.draft.lastSeenAt).length
    state.baseQueries += isApart ? finding.queries : later
    state.baseNames = Math.max(state.baseNames, finding.distinctNames)
  }
}

/** Evidence of what nobody waits for: enough to explain why it was put aside, a tenth of the size. */
const SUPPRESSED_SAMPLES = 20
const SUPPRESSED_MINUTES = 60

function boundedEvidence(evidence: Evidence): Evidence {
  if (evidence.suppression === null) return evidence
  return { ...evidence, samples: evidence.samples.slice(0, SUPPRESSED_SAMPLES), minutes: evidence.minutes.slice(-SUPPRESSED_MINUTES) }
}

/** The rule's own severity is a floor for what nothing explains; what the catalogue lowers is shown by its score. */
function severityFor(score: number, ruleSeverity: Severity, { benign }: Evidence): Severity {
  const isLowered = benign !== null && benign.entry !== null && benign.overridden === null
  return isLowered ? severityOf(score) : shownSeverity(score, ruleSeverity)
}

function toDraft(finding: Finding, demo: boolean): AlarmDraft {
  const { detector, zone, source } = finding
  return {
    id: alarmIdOf({ detector, zone, source }, finding.firstSeenAt),
    detector,
    zone,
    source,
    hostId: finding.hostId,
    hostName: finding.hostName,
    userName: finding.userName,
    severity: severityFor(finding.score, finding.severity, finding.evidence),
    score: finding.score,
    ruleSeverity: finding.severity,
    ruleRisk: finding.risk,
    openedAt: finding.at,
    firstSeenAt: finding.firstSeenAt,
    lastSeenAt: finding.lastSeenAt,
    queries: finding.queries,
    distinctNames: finding.distinctNames,
    recurrences: 0,
    summary: finding.summary,
    tool: finding.tool,
    techniques: [...finding.techniques],
    scoreTerms: [...finding.scoreTerms],
    evidence: boundedEvidence(finding.evidence),
    demo,
  }
}

/** Score and severity only rise; sentence, terms and numbers are those of the finding that made the score. */
function mergeDraft(draft: AlarmDraft, finding: Finding): AlarmDraft {
  const explains = finding.score >= draft.score
  const score = Math.max(draft.score, finding.score)
  const evidence = boundedEvidence(mergeEvidence(draft.evidence, finding.evidence, explains))
  return {
    ...draft,
    hostId: finding.hostId ?? draft.hostId,
    hostName: finding.hostName ?? draft.hostName,
    userName: finding.userName ?? draft.userName,
    severity: severityFor(score, draft.ruleSeverity, evidence),
    score,
    firstSeenAt: Math.min(draft.firstSeenAt, finding.firstSeenAt),
    lastSeenAt: Math.max(draft.lastSeenAt, finding.lastSeenAt),
    queries: Math.max(draft.queries, finding.queries),
    distinctNames: Math.max(draft.distinctNames, finding.distinctNames),
    summary: explains ? finding.summary : draft.summary,
    scoreTerms: explains ? [...finding.scoreTerms] : draft.scoreTerms,
    tool: surerTool(draft.tool, finding.tool),
    techniques: mergeTechniques(draft.techniques, finding.techniques),
    evidence,
  }
}
