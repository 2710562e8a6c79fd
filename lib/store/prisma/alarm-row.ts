import { z } from 'zod'
import {
  type Alarm,
  type AlarmRow,
  alarmStatusSchema,
  type Decision,
  decisionSchema,
  severitySchema,
  techniqueClaimSchema,
  toolSchema,
} from '@/lib/domain/alarm'
import { evidenceSchema, scoreTermSchema } from '@/lib/domain/evidence'
import type { AlarmExplanation, Alarm as ListRecord } from './client/client'

/** What reading a whole alarm takes beside its row. */
export const EXPLAINED = { explanation: true } as const
type ExplainedRecord = ListRecord & { readonly explanation: AlarmExplanation | null }

const sparklineSchema = z.array(z.number())

/** @throws ZodError when a JSON column does not hold what the schema's comment says; Error when the explanation is missing. */
export function toAlarm(record: ExplainedRecord): Alarm {
  const { explanation } = record
  if (explanation === null) throw new Error(`${record.id} was stored without its explanation.`)
  return {
    ...toShared(record),
    scoreTerms: z.array(scoreTermSchema).parse(JSON.parse(explanation.scoreTerms)),
    evidence: evidenceSchema.parse(JSON.parse(explanation.evidence)),
  }
}

export function toAlarmRow(record: ListRecord): AlarmRow {
  return { ...toShared(record), noteCount: record.noteCount, sparkline: sparklineSchema.parse(JSON.parse(record.sparkline)) }
}

export function toDecision(json: string | null): Decision | null {
  return json === null ? null : decisionSchema.parse(JSON.parse(json))
}

function toShared(record: ListRecord): Omit<Alarm, 'evidence' | 'scoreTerms'> {
  const { id, detector, zone, source, hostId, hostName, userName, score, ruleRisk, recurrences, summary } = record
  return {
    id,
    detector,
    zone,
    source,
    hostId,
    hostName,
    userName,
    severity: severitySchema.parse(record.severity),
    score,
    ruleSeverity: severitySchema.parse(record.ruleSeverity),
    ruleRisk,
    status: alarmStatusSchema.parse(record.status),
    openedAt: record.openedAt.getTime(),
    firstSeenAt: record.firstSeenAt.getTime(),
    lastSeenAt: record.lastSeenAt.getTime(),
    updatedAt: record.updatedAt.getTime(),
    queries: Number(record.queries),
    distinctNames: Number(record.distinctNames),
    recurrences,
    summary,
    tool: record.tool === null ? null : toolSchema.parse(JSON.parse(record.tool)),
    techniques: z.array(techniqueClaimSchema).parse(JSON.parse(record.techniques)),
    decision: toDecision(record.decision),
    owner: record.ownerId === null ? null : { userId: record.ownerId, name: record.ownerName ?? record.ownerId },
    suppressedByEntryId: record.suppressedByEntryId,
    demo: record.demo,
    version: record.version,
  }
}
