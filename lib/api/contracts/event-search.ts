import { z } from 'zod'
import { EVENT_FIELDS, EVENT_KINDS, MAX_SEARCH_LENGTH } from '@/lib/domain/event-search'

const instant = z.coerce.number().int().min(-8.64e15).max(8.64e15)
const cursor = z
  .string()
  .regex(/^-?\d{1,16}\.-?\d{1,16}$/, 'is not a cursor of this search')
  .nullable()
  .default(null)

/** What the search routes share: `field:value` text, and a half-open range in epoch ms UTC. */
export const EventFilterQuery = z.object({
  kind: z.enum(EVENT_KINDS).default('lookups'),
  q: z.string().max(MAX_SEARCH_LENGTH).default(''),
  from: instant.optional(),
  to: instant.optional(),
})
export type EventFilterQuery = z.infer<typeof EventFilterQuery>

/** GET /api/v1/event-search/events — newest first; an answer ends when its time is up, and says how far it came. */
export const SearchEventsQuery = EventFilterQuery.extend({ limit: z.coerce.number().int().min(1).max(500).default(100), cursor })

const text = z.string().nullable()
export const lookupHitSchema = z.strictObject({
  kind: z.literal('dns'),
  id: z.number(),
  at: z.number(),
  source: text,
  hostName: text,
  userName: text,
  processName: text,
  serverIp: text,
  qname: z.string(),
  zone: text,
  qtype: text,
  rcode: text,
  answers: z.array(z.string()),
  answerCount: z.number().nullable(),
  sensor: text,
  format: z.string(),
})
export type LookupHit = z.infer<typeof lookupHitSchema>

export const processHitSchema = z.strictObject({
  kind: z.literal('process'),
  id: z.number(),
  at: z.number(),
  hostId: text,
  hostName: text,
  userName: text,
  processName: text,
  commandLine: text,
  parentName: text,
  sensor: text,
  format: z.string(),
})
export type ProcessHit = z.infer<typeof processHitSchema>

const range = z.strictObject({ from: z.number(), to: z.number() })
export const SearchEventsResponse = z.strictObject({
  rows: z.array(z.discriminatedUnion('kind', [lookupHitSchema, processHitSchema])),
  nextCursor: z.string().nullable(),
  /** Everything from here to the range's end was looked at. */
  searchedFrom: z.number(),
  range,
})
export type SearchEventsResponse = z.infer<typeof SearchEventsResponse>

/** GET /api/v1/event-search/counts — by bucket and by value, from the newest on; pieces add up. */
export const CountEventsQuery = EventFilterQuery.extend({ cursor })

export const CountEventsResponse = z.strictObject({
  total: z.number(),
  bucketMs: z.number(),
  buckets: z.array(z.strictObject({ at: z.number(), count: z.number(), by: z.record(z.string(), z.number()) })),
  facets: z.array(
    z.strictObject({
      field: z.enum(EVENT_FIELDS),
      values: z.array(z.strictObject({ value: text, count: z.number() })),
      rest: z.number(),
    }),
  ),
  nextCursor: z.string().nullable(),
  countedFrom: z.number(),
  range,
})
export type CountEventsResponse = z.infer<typeof CountEventsResponse>
