import type { BenignFamily, TechniqueClaim, Tool } from '@/lib/domain/alarm'
import type { DetectorStatus } from '@/lib/domain/detector-status'
import type { Evidence, ScoreTerm } from '@/lib/domain/evidence'
import type { ProcessEvent } from '@/lib/domain/process-event'
import type { Severity } from '@/lib/domain/severity'
import type { Tally } from '@/lib/domain/tally'

/** A setting of a detector, with what it means, why its default is what it is, and its bounds. */
export interface Parameter {
  readonly id: string
  readonly label: string
  readonly unit: string
  readonly default: number
  readonly min: number
  readonly max: number
  /** Why this default, with its source (paper, rule, measurement). */
  readonly reason: string
}

/** A set of settings worth offering as one choice; settings it does not name stay as they are. */
export interface Preset {
  readonly id: string
  readonly label: string
  /** When to choose it, with its source. */
  readonly reason: string
  readonly settings: Settings
}

/** Events a person takes out of a rule's sight: what matches is gone before anything is counted. */
export interface RuleException {
  /** KQL over the fields that `ExceptionSupport` names. */
  readonly kql: string
  /** Events at or after it are counted again, epoch ms of event time; null: never. */
  readonly expiresAt: number | null
}

/** That a rule takes exceptions, and what a person has to know to write one. */
export interface ExceptionSupport {
  readonly label: string
  readonly reason: string
  /** Fields worth naming. */
  readonly fields: readonly string[]
  readonly example: string
  /** Most exceptions of one rule. */
  readonly limit: number
}

/** Facts about a rule; no logic. */
export interface Rule {
  /** Equal to the folder's name. */
  readonly id: string
  readonly title: string
  /** One sentence for lists. */
  readonly description: string
  readonly severity: Severity
  /** Risk score the rule states, 0–100. */
  readonly risk: number
  /** Techniques the rule can claim; each finding claims only what it observed. */
  readonly techniques: readonly string[]
  /** Public document it was modelled on: title only. */
  readonly after: string
  readonly intervalMs: number
  readonly lookBackMs: number
  readonly maxAlarmsPerRun: number | null
  readonly parameters: readonly Parameter[]
  /** Choices to offer besides the defaults. */
  readonly presets?: readonly Preset[]
  /** Absent: the rule takes none. */
  readonly exceptions?: ExceptionSupport
  readonly benignFamilies: readonly BenignFamily[]
}

export type Settings = Readonly<Record<string, number>>

export interface PairKey {
  readonly source: string
  readonly zone: string
}

/** What the engine shows detectors of the recent past; spans end at the step's `nowMs`, in event time. */
export interface TallyView {
  /** What one source did to one zone in the last `spanMs`; null when nothing. Minutes are the grain, the open one included. */
  pair(source: string, zone: string, spanMs: number): Tally | null
  /** The same for a key of the view's own, found without a search. */
  tally(pair: PairKey, spanMs: number): Tally | null
  /** How many lookups `tally` would count, without making it: most pairs are dismissed by their number. */
  lookups(pair: PairKey, spanMs: number): number
  /**
   * Pairs with lookups in the minute under way or just over (its start, epoch ms), by the step they were first asked in,
   * then zone and source. The step under way is included.
   */
  askedIn(minute: number): readonly PairKey[]
  /** What all sources together did to a zone. */
  zone(zone: string, spanMs: number): Tally | null
  /** Sources that asked for the zone in the last `spanMs`, one tally each, most queries first. */
  sourcesOf(zone: string, spanMs: number): readonly Tally[]
  /** Every (source, zone) with lookups in the last `spanMs`, ordered by zone then source. */
  pairs(spanMs: number): Iterable<PairKey>
  /** Zones with lookups in the last `spanMs`, in alphabetical order. */
  zones(spanMs: number): Iterable<string>
  /** One tally a minute for the pair (source null: the zone), oldest first, silent minutes absent. */
  minutes(source: string | null, zone: string, spanMs: number): readonly Tally[]
  /** Sources active and lookups counted in the last `spanMs`. */
  totals(spanMs: number): { readonly sources: number; readonly queries: number }
}

/** A slice of event time; steps are 10 s, in order, never twice. */
export interface Step {
  readonly fromMs: number
  /** End of the step, and the "now" of the view. */
  readonly nowMs: number
  /** Pairs with at least one lookup in the step, ordered by zone then source. */
  readonly touched: readonly PairKey[]
  /** Process starts in the step, ordered by time then id. */
  readonly processes: readonly ProcessEvent[]
  readonly view: TallyView
}

/** A detector's output: "this key is over its threshold now". The episode keeper turns findings into alarms. */
export interface Finding {
  readonly detector: string
  readonly zone: string | null
  readonly source: string | null
  readonly hostId: string | null
  readonly hostName: string | null
  readonly userName: string | null
  /** End of the step that found it, epoch ms. */
  readonly at: number
  readonly firstSeenAt: number
  readonly lastSeenAt: number
  readonly queries: number
  readonly distinctNames: number
  readonly severity: Severity
  readonly risk: number
  /** 0–100, the sum of `scoreTerms` clamped. */
  readonly score: number
  readonly scoreTerms: readonly ScoreTerm[]
  readonly summary: string
  readonly tool: Tool | null
  readonly techniques: readonly TechniqueClaim[]
  readonly evidence: Evidence
}

/** A running detector. Pure state machine over steps: no clock, no randomness, no store. */
export interface DetectorRun {
  step(step: Step): readonly Finding[]
  /** The next event time at which this detector must see a step even if nothing happens; null = only when touched. */
  wakeAt(): number | null
  /** JSON-serialisable state; `create(settings, snapshot)` continues exactly where it stopped. */
  snapshot(): unknown
  /** What it learned and when it runs; absent: it learns nothing and looks at every step. */
  status?(): DetectorStatus | null
}

/** One folder under `lib/detectors`, one line in `lib/detectors/index.ts`. */
export interface Detector {
  readonly rule: Rule
  /** @param exceptions - one that is no valid KQL is left out, and findings say so. */
  create(settings: Settings, snapshot?: unknown, exceptions?: readonly RuleException[]): DetectorRun
  /** What of a state was observed and so holds under other settings; absent: nothing does. */
  carryOver?(snapshot: unknown): unknown
}

export const defaultsOf = (rule: Rule): Settings => Object.fromEntries(rule.parameters.map((p) => [p.id, p.default]))

export const STEP_MS = 10_000
