import { z } from 'zod'
import { alarmRowSchema, severitySchema } from './alarm'

export const ESCALATION_STATUSES = ['open', 'contained', 'resolved', 'handed-over'] as const
export const escalationStatusSchema = z.enum(ESCALATION_STATUSES)
export type EscalationStatus = z.infer<typeof escalationStatusSchema>

/** Alarms of one change, and of one escalation. What does not fit is refused as a whole. */
export const MAX_ESCALATION_ALARMS = 500

export const ESCALATION_ACTIONS = [
  'created',
  'alarms-added',
  'alarms-removed',
  'merged-in',
  'merged-away',
  'split-off',
  'split-from',
  'assigned',
  'status-set',
  'renamed',
  'task-added',
  'task-done',
  'task-reopened',
  'task-assigned',
  'noted',
  'undone',
] as const
export const escalationActionSchema = z.enum(ESCALATION_ACTIONS)
export type EscalationAction = z.infer<typeof escalationActionSchema>

/** A person, as a history names one: the name stays what it was. */
export const personSchema = z.object({ userId: z.string(), name: z.string() })
export type Person = z.infer<typeof personSchema>

/** Alarms that are answered together. Instants are epoch ms UTC. */
export const escalationSchema = z.object({
  /** `ESC-0042`: short enough to be said on the phone. */
  id: z.string(),
  /** Its place in the order of creation. */
  number: z.number().int(),
  title: z.string(),
  status: escalationStatusSchema,
  owner: personSchema.nullable(),
  createdAt: z.number(),
  createdBy: personSchema,
  updatedAt: z.number(),
  /** Raised by every change; a change names the version it was made on. */
  version: z.number().int(),
  /** Where its alarms went; null when it was not merged. */
  mergedIntoId: z.string().nullable(),
})
export type Escalation = z.infer<typeof escalationSchema>

/** A list row: what its alarms add up to. */
export const escalationRowSchema = escalationSchema.extend({
  alarms: z.number().int(),
  /** Of the alarms; null without any. */
  worstSeverity: severitySchema.nullable(),
  /** Distinct hosts or sources of the alarms. */
  hosts: z.number().int(),
  openTasks: z.number().int(),
  tasks: z.number().int(),
})
export type EscalationRow = z.infer<typeof escalationRowSchema>

/** A step of the response: from a detector's guide, or added by hand. */
export const escalationTaskSchema = z.object({
  id: z.string(),
  text: z.string(),
  /** Whose guide asks for it; null when a person added it. */
  detector: z.string().nullable(),
  assignee: personSchema.nullable(),
  addedByName: z.string(),
  addedAt: z.number(),
  done: personSchema.extend({ at: z.number() }).nullable(),
})
export type EscalationTask = z.infer<typeof escalationTaskSchema>

/** One line of an escalation's history; append-only. */
export const escalationEventSchema = z.object({
  id: z.string(),
  escalationId: z.string(),
  at: z.number(),
  action: escalationActionSchema,
  byUserId: z.string(),
  byName: z.string(),
  note: z.string().nullable(),
  /** What changed, in plain words. */
  detail: z.string().nullable(),
  /** The line that reversed this one. */
  undoneById: z.string().nullable(),
  /** True while nothing later stands in the way of taking it back. */
  canUndo: z.boolean(),
})
export type EscalationEvent = z.infer<typeof escalationEventSchema>

/** An escalation with everything its page shows at once. */
export const escalationDetailSchema = z.object({
  escalation: escalationSchema,
  /** Worst first. */
  alarms: z.array(alarmRowSchema),
  tasks: z.array(escalationTaskSchema),
  /** Oldest first. */
  history: z.array(escalationEventSchema),
})
export type EscalationDetail = z.infer<typeof escalationDetailSchema>

/** A step that a guide asks for. */
export interface GuideTask {
  readonly detector: string
  readonly text: string
}

/** `ESC-0042` of 42; from 10,000 on it has as many digits as it needs. */
export const escalationIdOf = (number: number): string => `ESC-${String(number).padStart(4, '0')}`

/** What a bundle is called before a person names it: its domains, else its hosts. */
export function titleOf(
  alarms: readonly { readonly zone: string | null; readonly hostName: string | null; readonly source: string | null }[],
): string {
  const zones = distinct(alarms.map(({ zone }) => zone))
  const hosts = distinct(alarms.map(({ hostName, source }) => hostName ?? source))
  const [what, ...others] = zones.length > 0 ? zones : hosts
  if (what === undefined) return plural(alarms.length, 'alarm')
  const more = others.length === 0 ? '' : ` and ${others.length} more`
  const from = zones.length === 0 || hosts.length === 0 ? '' : hosts.length === 1 ? `, ${hosts[0]}` : `, ${hosts.length} hosts`
  return `${what}${more}${from}`.slice(0, 200)
}

const distinct = (values: readonly (string | null)[]): readonly string[] => [...new Set(values.filter((value) => value !== null))]
const plural = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`
