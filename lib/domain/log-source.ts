import { z } from 'zod'
import { rejectReasonSchema } from './intake'

/** Ways in that stay: what a person sets up once on the page of sources, and what then sends by itself. */
export const LOG_SOURCE_KINDS = ['elastic', 'api', 'dnstap-unix', 'dnstap-tcp', 'syslog-udp', 'syslog-tcp', 'tail'] as const
export type LogSourceKind = (typeof LOG_SOURCE_KINDS)[number]

/** Kinds that send over HTTP and need a key; the others are opened by the engine itself. */
export const KEYED_KINDS: readonly LogSourceKind[] = ['elastic', 'api']

/** Where and how the engine listens or follows; what a kind does not need is null. */
export const logSourceSettingsSchema = z.object({
  /** Address to listen on; loopback unless a person says otherwise. */
  address: z.string().nullable(),
  port: z.number().int().min(1).max(65_535).nullable(),
  /** Socket of `dnstap-unix`; file or glob of `tail`. Absolute. */
  path: z.string().nullable(),
  /** Log format id of what arrives; null: recognised from what arrives first. */
  format: z.string().nullable(),
  /** `tail`: read what a file held before it was first seen. */
  backfill: z.boolean(),
  /** Silence after which the source counts as missing, ms. */
  quietAfterMs: z.number().int().min(60_000),
})
export type LogSourceSettings = z.infer<typeof logSourceSettingsSchema>

export const logSourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.enum(LOG_SOURCE_KINDS),
  settings: logSourceSettingsSchema,
  createdAt: z.number(),
  createdByName: z.string(),
  pausedAt: z.number().nullable(),
  removedAt: z.number().nullable(),
})
export type LogSource = z.infer<typeof logSourceSchema>

/** A span of wall clock in which nothing came from the source though it was to be expected. `toMs` null: it lasts. */
export const sourceGapSchema = z.object({ fromMs: z.number(), toMs: z.number().nullable() })
export type SourceGap = z.infer<typeof sourceGapSchema>

/** How a log source does; kept by the engine, all counts since it was added. Instants epoch ms. */
export const logSourceHealthSchema = z.object({
  logSourceId: z.string(),
  /** `waiting`: nothing came yet; `quiet`: longer silent than `quietAfterMs`; `failed`: `error` says why. */
  state: z.enum(['waiting', 'receiving', 'quiet', 'paused', 'failed']),
  error: z.string().nullable(),
  /** Wall clock of the last delivery. */
  lastReceivedAt: z.number().nullable(),
  /** Event time of the newest event. */
  lastEventAt: z.number().nullable(),
  /** Wall clock minus event time at the last delivery; negative when the sender's clock is ahead. */
  lagMs: z.number().nullable(),
  /** Over the last minute. */
  eventsPerSecond: z.number(),
  connections: z.number(),
  records: z.number(),
  dnsEvents: z.number(),
  processEvents: z.number(),
  duplicates: z.number(),
  /** Events whose time the detectors had already passed when they came, and events from the future by over a minute. */
  lateEvents: z.number(),
  futureEvents: z.number(),
  skipped: z.record(z.string(), z.number()),
  rejected: z.number(),
  rejects: z.array(rejectReasonSchema),
  /** Newest first, at most 100. */
  gaps: z.array(sourceGapSchema),
})
export type LogSourceHealth = z.infer<typeof logSourceHealthSchema>

/** A key that lets a sender deliver to one log source, and nothing else. The secret itself is never stored. */
export const intakeKeySchema = z.object({
  id: z.string(),
  logSourceId: z.string(),
  name: z.string(),
  /** First characters of the secret, to tell keys apart. */
  prefix: z.string(),
  createdAt: z.number(),
  createdByName: z.string(),
  expiresAt: z.number().nullable(),
  revokedAt: z.number().nullable(),
  lastUsedAt: z.number().nullable(),
})
export type IntakeKey = z.infer<typeof intakeKeySchema>
