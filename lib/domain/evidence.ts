import { z } from 'zod'
import { BENIGN_FAMILIES } from './benign-family'

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

/** Bytes, lower and upper bound. */
export const byteRangeSchema = z.object({ low: z.number(), high: z.number() })

/** How the names read, in plain words. */
export const readabilityFactSchema = z.object({
  /** Bits per character of the unreadable names; 0 when there is none. */
  bits: z.number(),
  /** Share of the sampled names that are unreadable, 0–1. */
  unreadableShare: z.number(),
  sentence: z.string(),
})

/** Record types of the alarm's lookups beside those of everybody's other lookups in the same hour. */
export const typeMixSchema = z.object({
  /** Types whose answers can hold free text or names, most asked first, then the rest; shares 0–1. */
  rows: z.array(z.object({ type: z.string(), own: z.number(), others: z.number() })),
  /** Lookups compared; the others are those of all other domains. */
  ownLookups: z.number(),
  otherLookups: z.number(),
  /** Jensen–Shannon divergence of the two mixes, 0–1 bits; null when too few other lookups were seen. */
  divergence: z.number().nullable(),
  sentence: z.string(),
})
export type TypeMix = z.infer<typeof typeMixSchema>

export const TIMING_VERDICTS = ['regular', 'irregular', 'too-few'] as const
/** When the next lookup follows: what a beacon cannot hide and a person does not have. */
export const timingSchema = z.object({
  verdict: z.enum(TIMING_VERDICTS),
  /** Lookups counted as a gap to the one before; those within a fifth of a second of it are one moment. */
  gaps: z.number(),
  periodMs: z.number().nullable(),
  /** Half the span of the middle four fifths, as a share of the period; null unless regular. */
  jitter: z.number().nullable(),
  /** Share of the gaps near the period, 0–1. */
  share: z.number(),
  /** Gaps on a logarithmic scale: from `fromMs` up to `toMs`. Empty ends are cut off. */
  histogram: z.array(z.object({ fromMs: z.number(), toMs: z.number(), count: z.number() })),
  sentence: z.string(),
})
export type Timing = z.infer<typeof timingSchema>

/** In which order hosts began to ask, as far as the alarm's hour shows. */
export const spreadSchema = z.object({
  hosts: z.array(z.object({ source: z.string(), firstAt: z.number(), queries: z.number() })),
  /** Hosts that asked, also those beyond the list. */
  total: z.number(),
  /** Hosts active in the same hour. */
  active: z.number(),
  sentence: z.string(),
})
export type Spread = z.infer<typeof spreadSchema>

export const BENIGN_CONFIDENCES = ['strong', 'fair', 'weak'] as const
/** What speaks for a harmless explanation. It never decides: it preselects a family when a person closes the alarm. */
export const benignFactsSchema = z.object({
  family: z.enum(BENIGN_FAMILIES).nullable(),
  confidence: z.enum(BENIGN_CONFIDENCES).nullable(),
  /** Sentences, each an observation. */
  evidence: z.array(z.string()),
  /** The catalogue entry that most names lie under; null when none does. */
  entry: z
    .object({ suffix: z.string(), what: z.string(), source: z.string(), checked: z.string(), holder: z.enum(['operator', 'tenants']) })
    .nullable(),
  /** Why the entry lowers nothing (a proven tool, a decoded payload); null when it lowers, or there is none. */
  overridden: z.string().nullable(),
})
export type BenignFacts = z.infer<typeof benignFactsSchema>

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
  // What follows is null in alarms that are older than the fact.
  /** Estimated bytes that the answers carried; null when the log tells no sizes. */
  bytesDown: byteRangeSchema.nullable().default(null),
  readability: readabilityFactSchema.nullable().default(null),
  typeMix: typeMixSchema.nullable().default(null),
  timing: timingSchema.nullable().default(null),
  spread: spreadSchema.nullable().default(null),
  /** Why the source is taken for a resolver that hides the real client; null when it looks like any client. */
  resolver: z.string().nullable().default(null),
  benign: benignFactsSchema.nullable().default(null),
  /** Why the alarm is kept suppressed although no allowlist entry hides it: "benign catalogue: …"; null when it is not. */
  suppression: z.string().nullable().default(null),
  /** Version of MITRE ATT&CK that the claimed techniques were taken from. */
  attackVersion: z.string().nullable().default(null),
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
  bytesDown: null,
  readability: null,
  typeMix: null,
  timing: null,
  spread: null,
  resolver: null,
  benign: null,
  suppression: null,
  attackVersion: null,
  notices: [],
}
