import { z } from 'zod'
import { severitySchema } from '@/lib/domain/alarm'
import {
  escalationDetailSchema,
  escalationEventSchema,
  escalationRowSchema,
  escalationSchema,
  escalationStatusSchema,
  MAX_ESCALATION_ALARMS,
  personSchema,
} from '@/lib/domain/escalation'
import { indicatorsSchema } from '@/lib/domain/escalation-indicators'

const commaList = <T extends z.ZodType>(item: T) =>
  z.preprocess((value) => (typeof value === 'string' ? value.split(',').filter(Boolean) : value), z.array(item))

/** GET /api/v1/escalations — newest first, keyset paged; every filter is also the page's URL state under the same name. */
export const ListEscalationsQuery = z.object({
  status: commaList(escalationStatusSchema).optional(),
  severity: commaList(severitySchema).optional(),
  ownerUserId: z.string().max(100).optional(),
  text: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().nullable().default(null),
})
export type ListEscalationsQuery = z.infer<typeof ListEscalationsQuery>

export const ListEscalationsResponse = z.strictObject({
  rows: z.array(escalationRowSchema),
  nextCursor: z.string().nullable(),
  /** Escalated alarms that stand in no escalation: the worst ids, and how many there are. */
  loose: z.strictObject({ alarmIds: z.array(z.string()), total: z.number() }),
})
export type ListEscalationsResponse = z.infer<typeof ListEscalationsResponse>

const alarmIds = z.array(z.string().min(1).max(100)).min(1).max(MAX_ESCALATION_ALARMS)
const title = z.string().trim().max(200).nullable().default(null)

/** POST /api/v1/escalations — all the alarms or none. */
export const CreateEscalationBody = z.strictObject({
  alarmIds,
  /** null or empty: named after domains and hosts. */
  title,
  note: z.string().trim().max(5_000).nullable().default(null),
})
export type CreateEscalationInput = z.input<typeof CreateEscalationBody>

/** Answer of every change. `otherId`: the escalation that a split made. */
export const EscalationOutcomeResponse = z.strictObject({
  escalation: escalationSchema,
  event: escalationEventSchema,
  otherId: z.string().nullable(),
})
export type EscalationOutcomeResponse = z.infer<typeof EscalationOutcomeResponse>

/** `{id}` of an escalation's routes. */
export const EscalationParams = z.object({ escalationId: z.string().min(1).max(40) })

/** GET /api/v1/escalations/{id} */
export const EscalationResponse = escalationDetailSchema.strict()
export type EscalationResponse = z.infer<typeof EscalationResponse>

/** GET /api/v1/escalations/{id}/indicators */
export const IndicatorsResponse = z.strictObject({ indicators: indicatorsSchema })
export type IndicatorsResponse = z.infer<typeof IndicatorsResponse>

/** GET /api/v1/escalations/people — who may own an escalation. */
export const EscalationPeopleResponse = z.strictObject({ people: z.array(personSchema) })
export type EscalationPeopleResponse = z.infer<typeof EscalationPeopleResponse>

/** GET /api/v1/escalations/suggestions?alarm=… — open escalations that the alarms would fit into, the best first. */
export const SuggestEscalationsQuery = z.object({ alarm: commaList(z.string().max(100)).pipe(z.array(z.string()).min(1).max(50)) })
export const SuggestEscalationsResponse = z.strictObject({
  matches: z.array(
    z.strictObject({ escalation: escalationSchema, alarms: z.number(), because: z.array(z.enum(['same-zone', 'same-host', 'same-user'])) }),
  ),
  /** The escalation that the first of the alarms stands in already. */
  standsIn: escalationSchema.nullable(),
})
export type SuggestEscalationsResponse = z.infer<typeof SuggestEscalationsResponse>

const versioned = { expectedVersion: z.number().int() }
const userId = z.string().max(100).nullable()

/** POST /api/v1/escalations/{id}/changes — one change, made on a version. */
export const EscalationChangeBody = z.discriminatedUnion('kind', [
  z.strictObject({ ...versioned, kind: z.literal('add'), alarmIds }),
  z.strictObject({ ...versioned, kind: z.literal('remove'), alarmIds }),
  z.strictObject({ ...versioned, kind: z.literal('merge'), fromId: z.string().max(40) }),
  z.strictObject({ ...versioned, kind: z.literal('split'), alarmIds, title }),
  z.strictObject({ ...versioned, kind: z.literal('assign'), userId }),
  z.strictObject({ ...versioned, kind: z.literal('status'), status: escalationStatusSchema }),
  z.strictObject({ ...versioned, kind: z.literal('rename'), title: z.string().trim().min(1).max(200) }),
  z.strictObject({ ...versioned, kind: z.literal('add-task'), text: z.string().trim().min(1).max(500) }),
  z.strictObject({ ...versioned, kind: z.literal('tick'), taskId: z.string().max(100), done: z.boolean() }),
  z.strictObject({ ...versioned, kind: z.literal('assign-task'), taskId: z.string().max(100), userId }),
  /** A note conflicts with nothing. */
  z.strictObject({ kind: z.literal('note'), text: z.string().trim().min(1).max(5_000) }),
  z.strictObject({ ...versioned, kind: z.literal('undo'), eventId: z.string().max(200) }),
])
export type EscalationChangeBody = z.infer<typeof EscalationChangeBody>

/** GET /api/v1/escalations/{id}/handover?format=… — a file. */
export const HANDOVER_FORMATS = ['markdown', 'json', 'pdf'] as const
export const HandoverQuery = z.object({ format: z.enum(HANDOVER_FORMATS).default('markdown') })
export type HandoverFormat = (typeof HANDOVER_FORMATS)[number]
