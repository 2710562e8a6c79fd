import type { AlarmDraft } from '@/lib/domain/alarm'
import { type Evidence, type EvidenceMinute, emptyEvidence } from '@/lib/domain/evidence'
import { severityRank } from '@/lib/domain/severity'
import { storyKeyOf } from '@/lib/domain/story'

const MAX_SLICES = 60
const MINUTE_MS = 60_000

/** The engine's columns of an `Alarm` row and of its `AlarmExplanation`, by name. */
export interface DraftRow {
  readonly [column: string]: string | number | null
  readonly id: string
  readonly score: number
  readonly recurrences: number
  readonly queries: number
  readonly distinctNames: number
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  readonly openedAt: number
  readonly hostId: string | null
  readonly hostName: string | null
  readonly zone: string | null
  readonly source: string | null
}

/** Queries per slice of the episode, at most 60 slices of whole minutes; trailing silence is part of the picture. */
export function sparklineOf(minutes: readonly EvidenceMinute[]): readonly number[] {
  const [first] = minutes
  const last = minutes.at(-1)
  if (first === undefined || last === undefined) return []
  const span = Math.floor((last.at - first.at) / MINUTE_MS) + 1
  const minutesPerSlice = Math.ceil(span / MAX_SLICES)
  const slices = new Array<number>(Math.ceil(span / minutesPerSlice)).fill(0)
  for (const minute of minutes) {
    const slice = Math.floor((minute.at - first.at) / MINUTE_MS / minutesPerSlice)
    slices[slice] = (slices[slice] ?? 0) + minute.queries
  }
  return slices
}

export function toDraftRow(draft: AlarmDraft): DraftRow {
  return {
    id: draft.id,
    detector: draft.detector,
    zone: draft.zone,
    source: draft.source,
    hostId: draft.hostId,
    hostName: draft.hostName,
    userName: draft.userName,
    severity: draft.severity,
    severityRank: severityRank(draft.severity),
    score: draft.score,
    ruleSeverity: draft.ruleSeverity,
    ruleRisk: draft.ruleRisk,
    openedAt: draft.openedAt,
    firstSeenAt: draft.firstSeenAt,
    lastSeenAt: draft.lastSeenAt,
    queries: draft.queries,
    distinctNames: draft.distinctNames,
    recurrences: draft.recurrences,
    summary: draft.summary,
    tool: draft.tool === null ? null : JSON.stringify(draft.tool),
    techniques: JSON.stringify(draft.techniques),
    techniqueIds: draft.techniques.map(({ id }) => id).join(' '),
    scoreTerms: JSON.stringify(draft.scoreTerms),
    evidence: JSON.stringify(draft.evidence),
    demo: draft.demo ? 1 : 0,
    sparkline: JSON.stringify(sparklineOf(draft.evidence.minutes)),
    story: storyKeyOf(draft),
  }
}

const json = <Value>(cell: unknown): Value => JSON.parse(cell as string) as Value

/** The engine's part of a stored alarm. The row was written by `toDraftRow`. */
export function fromDraftRow(row: Readonly<Record<string, unknown>>): AlarmDraft {
  const { id, detector, zone, source, hostId, hostName, userName, severity, score, ruleSeverity, ruleRisk, summary } =
    row as unknown as AlarmDraft
  const { openedAt, firstSeenAt, lastSeenAt, queries, distinctNames, recurrences } = row as unknown as AlarmDraft
  return {
    ...{ id, detector, zone, source, hostId, hostName, userName, severity, score, ruleSeverity, ruleRisk, summary },
    ...{ openedAt, firstSeenAt, lastSeenAt, queries, distinctNames, recurrences },
    tool: row.tool === null ? null : json(row.tool),
    techniques: json(row.techniques),
    scoreTerms: json(row.scoreTerms),
    // Alarms of an earlier version lack the facts that came later.
    evidence: { ...emptyEvidence, ...json<Evidence>(row.evidence) },
    demo: row.demo === 1,
  }
}

/** What an alarm becomes when it is found again: figures and score only rise, and the explanation stays with the score. */
export function mergeDraftRow(known: DraftRow, found: DraftRow): DraftRow {
  const explaining = found.score >= known.score ? found : known
  const host = { hostId: found.hostId ?? known.hostId ?? null, hostName: found.hostName ?? known.hostName ?? null }
  return {
    ...explaining,
    ...host,
    story: storyKeyOf({ ...explaining, ...host }),
    userName: found.userName ?? known.userName ?? null,
    openedAt: Math.min(known.openedAt, found.openedAt),
    firstSeenAt: Math.min(known.firstSeenAt, found.firstSeenAt),
    lastSeenAt: Math.max(known.lastSeenAt, found.lastSeenAt),
    queries: Math.max(known.queries, found.queries),
    distinctNames: Math.max(known.distinctNames, found.distinctNames),
    recurrences: Math.max(known.recurrences, found.recurrences),
    tool: found.tool ?? known.tool ?? null,
    techniques: found.techniques ?? null,
    techniqueIds: found.techniqueIds ?? '',
    // An import beside the demo finds its alarms again; they still come from the demo's events.
    demo: known.demo ?? 0,
  }
}
