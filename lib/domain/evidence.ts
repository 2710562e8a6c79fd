import { z } from 'zod'

/** One number an alarm was raised on, beside the threshold it was compared with. */
export const metricSchema = z.object({
  id: z.string(),
  /** Plain words, e.g. "Distinct names in 5 minutes". */
  label: z.string(),
  value: z.number(),
  /** '' for a count or ratio; else `B`, `bits/char`, `s`, … A ratio is 0–1 with unit `ratio`. */
  unit: z.string(),
  threshold: z.number().nullable(),
})
export type Metric = z.infer<typeof metricSchema>

/** A term of the explained score; the terms of an alarm add up to its score before clamping to 0–100. */
export const scoreTermSchema = z.object({
  id: z.string(),
  /** A sentence with value and threshold: "312 distinct names in 5 minutes, threshold 30". */
  sentence: z.string(),
  value: z.number(),
  threshold: z.number().nullable(),
  points: z.number(),
})
export type ScoreTerm = z.infer<typeof scoreTermSchema>

export const nameSampleSchema = z.object({
  name: z.string(),
  qtype: z.string().nullable(),
  rcode: z.string().nullable(),
  firstAt: z.number(),
  length: z.number(),
  entropyBits: z.number(),
  readabilityBits: z.number().nullable(),
  unreadable: z.boolean(),
})
export type NameSample = z.infer<typeof nameSampleSchema>

/** One minute of the alarm's key; gaps are absent, the chart fills them with zeros. */
export const evidenceMinuteSchema = z.object({
  at: z.number(),
  queries: z.number(),
  distinctNames: z.number(),
  /** Means over the sampled distinct names of the minute. */
  entropyBits: z.number(),
  length: z.number(),
  byType: z.record(z.string(), z.number()),
})
export type EvidenceMinute = z.infer<typeof evidenceMinuteSchema>

export const askingSourceSchema = z.object({
  source: z.string(),
  queries: z.number(),
  distinctNames: z.number(),
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
})
export type AskingSource = z.infer<typeof askingSourceSchema>

export const processNodeSchema = z.object({
  name: z.string(),
  executable: z.string().nullable(),
  commandLine: z.string().nullable(),
  pid: z.number().nullable(),
  entityId: z.string().nullable(),
  user: z.string().nullable(),
  /** Number of matching starts at or below this node. */
  starts: z.number(),
  firstAt: z.number().nullable(),
})
/** A tree flattened in depth-first order; `depth` 0 is the root. */
export const processTreeSchema = z.array(processNodeSchema.extend({ depth: z.number() }))
export type ProcessTreeRow = z.infer<typeof processTreeSchema>[number]

/** One matched process start of a threshold alarm. */
export const processStartSchema = z.object({
  at: z.number(),
  eventId: z.number(),
  commandLine: z.string().nullable(),
  args: z.array(z.string()),
  queryType: z.string().nullable(),
  target: z.string().nullable(),
  server: z.string().nullable(),
  parentName: z.string().nullable(),
  user: z.string().nullable(),
})
export type ProcessStart = z.infer<typeof processStartSchema>

export const anomalyBucketSchema = z.object({
  at: z.number(),
  informationBytes: z.number(),
  typicalBytes: z.number(),
  probability: z.number(),
  anomalyScore: z.number(),
  distinctNames: z.number(),
  queries: z.number(),
  estimated: z.boolean(),
  influencers: z.array(z.object({ source: z.string(), influence: z.number() })),
})
export type AnomalyBucket = z.infer<typeof anomalyBucketSchema>

/** What the names carry, as far as they could be decoded. Log content: always shown as inert text, masked at first. */
export const decodingSchema = z.object({
  /** e.g. "base32 (RFC 4648)"; null when none was recognised. */
  encoding: z.string().nullable(),
  /** 0–1: how improbable it is that the text keeps to this alphabet by chance. */
  confidence: z.number(),
  /** Characters the encoding was judged on, names decoded, bytes they gave. */
  characters: z.number(),
  names: z.number(),
  bytes: z.number(),
  /** Decoded text, at most 512 printable ASCII characters, other bytes as `\xHH`; null when the bytes are no text. */
  preview: z.string().nullable(),
  /** What the bytes begin as: "ZIP archive", "IPv4 packet, TCP, 10.0.0.1 to 10.0.0.2"; null when nothing known. */
  magic: z.string().nullable(),
  /** One sentence why nothing readable is shown; null when something is. */
  refusal: z.string().nullable(),
})
export type Decoding = z.infer<typeof decodingSchema>

/**
 * What an alarm was raised on. It travels with the alarm, so that retention can delete events and the alarm still
 * explains itself. Every list is bounded by the detector (samples 200, sources 100, starts 1,000, minutes 1,440).
 */
export const evidenceSchema = z.object({
  metrics: z.array(metricSchema),
  samples: z.array(nameSampleSchema),
  minutes: z.array(evidenceMinuteSchema),
  byType: z.record(z.string(), z.number()),
  byRcode: z.record(z.string(), z.number()),
  sources: z.array(askingSourceSchema),
  /** Estimated bytes carried in the names, lower and upper bound; null when there is nothing to estimate. */
  bytesUp: z.object({ low: z.number(), high: z.number() }).nullable(),
  processTree: processTreeSchema,
  processStarts: z.array(processStartSchema),
  buckets: z.array(anomalyBucketSchema),
  /** null when decoding was not tried, or the alarm is older than that. */
  decoding: decodingSchema.nullable().default(null),
  /** Sentences the analyst must know to judge this alarm: truncations, young model, hidden client, lossy log. */
  notices: z.array(z.string()),
})
export type Evidence = z.infer<typeof evidenceSchema>

export const emptyEvidence: Evidence = {
  metrics: [],
  samples: [],
  minutes: [],
  byType: {},
  byRcode: {},
  sources: [],
  bytesUp: null,
  processTree: [],
  processStarts: [],
  buckets: [],
  decoding: null,
  notices: [],
}
