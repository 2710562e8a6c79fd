import { z } from 'zod'

/** One tunnel of a scenario, or one zone of a tunnel that has several (rows with the same `tunnel` are one). */
const truthSchema = z.object({
  tunnel: z.string().optional(),
  /** Zone the tunnel's names end in; null where `zonePattern` says what its zones look like. */
  zone: z.string().nullable().default(null),
  zonePattern: z.string().optional(),
  /** What a name of the tunnel looks like, where the zone does not say. */
  namePattern: z.string().optional(),
  /** Address of the client, or several; absent when the log hides it. */
  source: z.union([z.string(), z.array(z.string())]).nullish(),
  tool: z.string().nullish(),
  /** Traffic that is counted under another scenario. */
  repeatOf: z.string().optional(),
})

const convertSchema = z.union([
  /** Flow records with fields parted by `^`, as the BoneLee data set publishes them. */
  z.object({
    type: z.literal('bonelee'),
    client: z.string().default('10.77.0.10'),
  }),
  /** Names alone, one a line or `label,name`: asked at a fixed rate by one client. */
  z.object({
    type: z.literal('names'),
    rate: z.number().positive(),
    qtype: z.string().default('A'),
    client: z.string().default('10.77.0.10'),
    start: z.iso.datetime().default('2024-01-01T00:00:00Z'),
  }),
])
export type Conversion = z.infer<typeof convertSchema>

const partSchema = z.object({
  files: z.array(z.string().min(1)).min(1),
  convert: convertSchema.optional(),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
  /** Year of a log that does not write one. */
  year: z.number().int().optional(),
})
export type Part = z.infer<typeof partSchema>

const scenarioSchema = partSchema.extend({
  id: z.string().min(1),
  kind: z.enum(['malicious', 'mixed', 'benign']),
  class: z.string().nullish(),
  tool: z.string().nullish(),
  truth: z.array(truthSchema).default([]),
  scoreable: z.boolean().default(true),
  lab: z.boolean().default(false),
  composed: z.boolean().default(false),
  variantOf: z.string().optional(),
  /** Scenarios with the same traffic share one vote. */
  traffic: z.string().optional(),
  /** Average number of clients; null when the data does not tell, absent to count them in the data. */
  clients: z.number().nonnegative().nullish(),
  /** Time the clients were active. */
  seconds: z.number().nonnegative().optional(),
  queries: z.number().int().nonnegative().optional(),
  /** `synthetic` = nobody behaves like this: kept out of rates per client. */
  workload: z.string().optional(),
  countFalse: z.boolean().default(true),
  /** The tool is not known for sure: what is named is neither right nor wrong. */
  toolDoubtful: z.boolean().default(false),
  compose: z
    .object({ tunnel: partSchema, benign: partSchema, at: z.number().nonnegative().default(300), client: z.string().optional() })
    .optional(),
  notes: z.string().optional(),
})
export type Scenario = z.infer<typeof scenarioSchema>

const labelsSchema = z.object({ share: z.string().default('unnamed'), scenarios: z.array(scenarioSchema).min(1) })
export type Labels = z.infer<typeof labelsSchema>

export type Group = 'real' | 'lab' | 'composed' | 'extra' | 'variant'
export const SCORED_GROUPS = ['real', 'lab', 'composed'] as const

/** Groups are never added together: a composed scenario repeats what its parts hold. */
export function groupOf(scenario: Scenario): Group {
  if (scenario.variantOf !== undefined) return 'variant'
  if (!scenario.scoreable) return 'extra'
  if (scenario.composed || scenario.compose !== undefined) return 'composed'
  return scenario.lab ? 'lab' : 'real'
}

/** A labels file that cannot be used; the message names every fault and is safe to show as text. */
export class LabelsError extends Error {
  readonly code = 'labels'
}

const MOST_FAULTS = 10

/**
 * @param text - JSON of a labels file; the fields are described in docs/evaluation.md.
 * @throws LabelsError naming what is wrong and where.
 */
export function parseLabels(text: string): Labels {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new LabelsError(`it is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
  const parsed = labelsSchema.safeParse(value)
  if (!parsed.success) throw new LabelsError(faultsOf(parsed.error.issues))
  const problems = inconsistencies(parsed.data.scenarios)
  if (problems.length > 0) throw new LabelsError(firstOf(problems))
  return parsed.data
}

const faultsOf = (issues: readonly z.core.$ZodIssue[]): string =>
  firstOf(issues.map((issue) => `${issue.path.length === 0 ? 'the file' : issue.path.join('.')}: ${issue.message}`))

const firstOf = (faults: readonly string[]): string =>
  [...faults.slice(0, MOST_FAULTS), ...(faults.length > MOST_FAULTS ? [`and ${faults.length - MOST_FAULTS} more`] : [])].join('; ')

function inconsistencies(scenarios: readonly Scenario[]): string[] {
  const seen = new Set<string>()
  return scenarios.flatMap(({ id, kind, truth }) => {
    const faults: string[] = []
    if (seen.has(id)) faults.push(`two scenarios are called ${id}`)
    seen.add(id)
    if (kind === 'benign' && truth.length > 0) faults.push(`${id}: benign, but it names a tunnel`)
    if (kind !== 'benign' && truth.length === 0) faults.push(`${id}: ${kind}, but no truth says where the tunnel is`)
    for (const row of truth) {
      if (row.zone === null && row.zonePattern === undefined) faults.push(`${id}: a truth needs a zone or a zonePattern`)
      for (const pattern of [row.zonePattern, row.namePattern])
        if (pattern !== undefined && !isPattern(pattern)) faults.push(`${id}: ${pattern} is not a regular expression`)
    }
    return faults
  })
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text)
    return true
  } catch {
    return false
  }
}
