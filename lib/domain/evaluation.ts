import { z } from 'zod'
import { severitySchema } from './alarm'
import { generalisationSchema } from './generalisation'

/** Tunnels found of those there were; shares of a vote where scenarios repeat the same traffic. */
const recallSchema = z.object({ found: z.number(), total: z.number(), atMedium: z.number() })
const spreadSchema = z.object({ median: z.number(), p90: z.number(), worst: z.number() })

/** A rate with the upper limit that this much data proves (exact Poisson, one-sided, 95 %). */
const rateSchema = z.object({ rate: z.number(), provenBelow: z.number() })

const falseAlarmsSchema = z.object({
  count: z.number(),
  atMedium: z.number(),
  bySeverity: z.partialRecord(severitySchema, z.number()),
  byDetector: z.record(z.string(), z.number()),
  lookups: z.number(),
  per100kLookups: rateSchema.nullable(),
  clientDays: z.number(),
  /** Of them, in scenarios whose clients are known. */
  countOfKnownClients: z.number(),
  per1000ClientsADay: rateSchema.nullable(),
  benign: z.object({ scenarios: z.number(), quiet: z.number() }),
})

const namingSchema = z.object({
  nameable: z.number(),
  right: z.number(),
  wrong: z.number(),
  unknown: z.number(),
  missed: z.number(),
  /** False alarms that name a tool. */
  namedFalsely: z.number(),
  precision: z.number().nullable(),
  recall: z.number().nullable(),
  f1: z.number().nullable(),
})

/** How one rule, or our detectors together, did in one group of scenarios. */
export const ruleResultSchema = z.object({
  id: z.string(),
  title: z.string(),
  source: z.string().nullable(),
  recall: recallSchema,
  byTool: z.record(z.string(), recallSchema),
  byClass: z.record(z.string(), recallSchema),
  /** null when nothing was found. */
  delayMs: spreadSchema.nullable(),
  queriesNeeded: spreadSchema.nullable(),
  falseAlarms: falseAlarmsSchema,
  naming: namingSchema,
})
export type RuleResult = z.infer<typeof ruleResultSchema>

const partSchema = z.object({ recall: recallSchema, falseAlarms: z.number(), falseAtMedium: z.number() })

const ablationSchema = z.object({
  /** A detector's id, or `catalogue` for the list of known services, which lowers the score of what it explains. */
  part: z.string(),
  title: z.string(),
  without: partSchema,
  alone: partSchema.nullable(),
})

const tunnelRowSchema = z.object({
  scenario: z.string(),
  class: z.string().nullable(),
  tool: z.string().nullable(),
  found: z.boolean(),
  severity: severitySchema.nullable(),
  delayMs: z.number().nullable(),
  queriesNeeded: z.number().nullable(),
  queries: z.number(),
  distinctNames: z.number(),
  spanMs: z.number(),
  detectors: z.array(z.string()),
  named: z.string().nullable(),
  verdict: z.enum(['missed', 'doubtful', 'unknown', 'right', 'wrong']),
})
export type TunnelRow = z.infer<typeof tunnelRowSchema>

const groupResultSchema = z.object({
  id: z.enum(['real', 'lab', 'composed']),
  scenarios: z.number(),
  /** Scenarios that could not be run; their tunnels count as missed and they do not count as quiet. */
  failed: z.array(z.object({ scenario: z.string(), reason: z.string() })),
  /** Alarms that the catalogue of benign services explains: kept suppressed, and not counted as false. */
  suppressed: z.number(),
  lookups: z.number(),
  clientDays: z.number(),
  own: ruleResultSchema,
  peers: z.array(ruleResultSchema),
  ablation: z.array(ablationSchema),
  tunnels: z.array(tunnelRowSchema),
  /** False alarms by scenario, detector and severity: never the names in them, which may be private. */
  falseAlarms: z.array(z.object({ scenario: z.string(), detector: z.string(), severity: severitySchema, count: z.number() })),
})
export type GroupResult = z.infer<typeof groupResultSchema>

/** A week of made-up ordinary traffic. */
export const benignWeekSchema = z.object({
  measuredAt: z.iso.datetime(),
  clients: z.number(),
  days: z.number(),
  seed: z.number(),
  lookups: z.number(),
  clientDays: z.number(),
  tookMs: z.number(),
  peakMemoryBytes: z.number(),
  alarms: z.array(z.object({ detector: z.string(), severity: severitySchema, zone: z.string(), count: z.number(), example: z.string() })),
  /** Alarms kept suppressed because the catalogue explains them; not among `alarms`. */
  suppressed: z.number(),
  per1000ClientsADay: rateSchema,
  per100kLookups: rateSchema,
  /** Lookups by kind of traffic. */
  mix: z.record(z.string(), z.number()),
})
export type BenignWeek = z.infer<typeof benignWeekSchema>

/** Written by hand: what numbers do not say. */
export const judgementSchema = z.object({
  missed: z.array(z.object({ what: z.string(), why: z.string() })),
  doubtful: z.array(z.object({ detector: z.string(), parameter: z.string(), why: z.string() })),
  limits: z.array(z.string()),
})
export type Judgement = z.infer<typeof judgementSchema>

/** What `npm run evaluate --json` writes and the console shows. */
export const evaluationSchema = z.object({
  measuredAt: z.iso.datetime(),
  version: z.string(),
  /** What the labels file says it is: development data, somebody else's, … */
  share: z.string(),
  scenarios: z.number(),
  groups: z.array(groupResultSchema),
  benignWeek: benignWeekSchema.nullable(),
  /** Made-up programs and made-up honest traffic; absent in reports of earlier versions. */
  generalisation: generalisationSchema.nullable().default(null),
  judgement: judgementSchema,
})
export type Evaluation = z.infer<typeof evaluationSchema>
