import { z } from 'zod'
import { ALARM_STATUSES, type AlarmStatus } from './alarm-status'
import { BENIGN_FAMILIES, type BenignFamily } from './benign-family'
import { evidenceSchema, scoreTermSchema } from './evidence'
import { SEVERITIES } from './severity'

export const severitySchema = z.enum(SEVERITIES)

export const alarmStatusSchema = z.enum(ALARM_STATUSES)
export { ALARM_STATUSES, type AlarmStatus }

export const CLOSE_REASONS = ['true-positive', 'authorised-test', 'benign-positive', 'false-positive', 'duplicate', 'undetermined'] as const
export const closeReasonSchema = z.enum(CLOSE_REASONS)
export type CloseReason = z.infer<typeof closeReasonSchema>

export const benignFamilySchema = z.enum(BENIGN_FAMILIES)
export { BENIGN_FAMILIES, type BenignFamily }

export const TOOL_CONFIDENCES = ['certain', 'high', 'medium', 'low'] as const
export const toolSchema = z.object({ name: z.string(), confidence: z.enum(TOOL_CONFIDENCES) })
export type Tool = z.infer<typeof toolSchema>

/** A technique is claimed with the observed fact that justifies it. */
export const techniqueClaimSchema = z.object({ id: z.string().regex(/^T\d{4}(\.\d{3})?$/), because: z.string() })
export type TechniqueClaim = z.infer<typeof techniqueClaimSchema>

export const decisionSchema = z.object({
  reason: closeReasonSchema.nullable(),
  family: benignFamilySchema.nullable(),
  note: z.string().nullable(),
  byUserId: z.string(),
  byName: z.string(),
  at: z.number(),
})
export type Decision = z.infer<typeof decisionSchema>

export const ownerSchema = z.object({ userId: z.string(), name: z.string() })
export type Owner = z.infer<typeof ownerSchema>

/** What an analyst sees: one per detector, zone, source and episode. Instants are epoch ms UTC. */
export const alarmSchema = z.object({
  /** `ALM-` + 12 base32 characters, deterministic from detector, zone, source and the episode's first event. */
  id: z.string(),
  detector: z.string(),
  zone: z.string().nullable(),
  source: z.string().nullable(),
  hostId: z.string().nullable(),
  hostName: z.string().nullable(),
  userName: z.string().nullable(),
  severity: severitySchema,
  score: z.number(),
  ruleSeverity: severitySchema,
  ruleRisk: z.number(),
  status: alarmStatusSchema,
  /** Event time at which it opened. */
  openedAt: z.number(),
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
  /** When the engine last wrote it (wall clock). */
  updatedAt: z.number(),
  queries: z.number(),
  distinctNames: z.number(),
  /** Times the same key came back within the episode's merge gap. */
  recurrences: z.number(),
  /** One sentence why it fired, with numbers. */
  summary: z.string(),
  tool: toolSchema.nullable(),
  techniques: z.array(techniqueClaimSchema),
  scoreTerms: z.array(scoreTermSchema),
  evidence: evidenceSchema,
  decision: decisionSchema.nullable(),
  /** The person who works on it. */
  owner: ownerSchema.nullable(),
  suppressedByEntryId: z.string().nullable(),
  demo: z.boolean(),
  /** Raised by every change a person makes; a decision names the version it was made on. */
  version: z.number().int(),
})
export type Alarm = z.infer<typeof alarmSchema>

/** A list row: an alarm without its evidence, plus a bounded sparkline of queries per minute. */
export const alarmRowSchema = alarmSchema
  .omit({ evidence: true, scoreTerms: true })
  .extend({ noteCount: z.number(), sparkline: z.array(z.number()) })
export type AlarmRow = z.infer<typeof alarmRowSchema>

/** What the engine knows of an alarm; a person's part (status, decision, version) belongs to the store. */
export type AlarmDraft = Omit<Alarm, 'status' | 'decision' | 'owner' | 'suppressedByEntryId' | 'version' | 'updatedAt'>
