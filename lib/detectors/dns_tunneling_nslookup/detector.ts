import { z } from 'zod'
import type { DetectorStatus } from '@/lib/domain/detector-status'
import { ecsOfProcess } from '@/lib/domain/ecs'
import type { ProcessEvent } from '@/lib/domain/process-event'
import { type KqlPredicate, kqlPredicate } from '@/lib/kql/compile'
import {
  type Detector,
  type DetectorRun,
  defaultsOf,
  type Finding,
  type RuleException,
  type Settings,
  STEP_MS,
  type Step,
} from '../detector'
import { scoreOf } from '../score-terms'
import { burstOf } from './burst'
import { claimsOf } from './claims'
import { evidenceOf, type RunFacts } from './evidence'
import { compileExceptions, type Exceptions } from './exceptions'
import { matchedStart } from './matched-start'
import { ancestrySchema, ProcessAncestry } from './process-ancestry'
import { HARDENED_QUERY, rule, SEED_QUERY } from './rule'
import { firstRunAt, type Schedule, windowsOfRun } from './rule-schedule'
import { scoreTermsOf } from './score'
import { type CountedStart, StartMemory, startMemorySchema } from './start-memory'
import { summaryOf } from './summary'
import { type Hit, type RuleWindow, runThreshold, type SignalHistory } from './threshold-window'

const MINUTE_MS = 60_000
const MAX_HITS = rule.maxAlarmsPerRun ?? Number.POSITIVE_INFINITY

const stateSchema = z.object({
  nextRunAt: z.number().nullable(),
  lastRunAt: z.number().nullable(),
  history: z.array(z.tuple([z.string(), z.number()])),
  starts: startMemorySchema,
  ancestry: ancestrySchema,
})

function findingOf(hit: Hit<CountedStart>, at: number, facts: RunFacts, ancestry: ProcessAncestry): Finding {
  const burst = burstOf(hit)
  const source = burst.hostName?.toLowerCase() ?? burst.hostId
  const scoreTerms = scoreTermsOf(burst, facts.threshold, facts.windowMinutes)
  return {
    detector: rule.id,
    zone: burst.zone,
    source,
    // A group made from the host's name is no id.
    hostId: burst.hostId === burst.hostName?.toLowerCase() ? null : burst.hostId,
    hostName: burst.hostName,
    userName: burst.userName,
    at,
    firstSeenAt: burst.firstAt,
    lastSeenAt: burst.lastAt,
    queries: burst.count,
    distinctNames: burst.targets.length,
    severity: rule.severity,
    risk: rule.risk,
    score: scoreOf(scoreTerms),
    scoreTerms,
    summary: summaryOf(burst, facts.threshold, facts.windowMinutes),
    tool: null,
    techniques: claimsOf(burst, facts.threshold),
    evidence: evidenceOf(burst, facts, source, ancestry),
  }
}

export interface RunOptions {
  readonly snapshot?: unknown
  readonly exceptions?: readonly RuleException[]
  /** No run stands before it, epoch ms. */
  readonly notBeforeMs?: number
}

/** A run of the rule. @throws ZodError when the snapshot is not one of this detector's. */
export const createNslookupRun = (settings: Settings, options: RunOptions): DetectorRun => new NslookupRun(settings, options)

/**
 * The threshold rule driven by event time: runs stand at whole multiples of the interval. A run waits for the first event
 * or step beyond its own instant, so that both ends of its window are inclusive.
 */
class NslookupRun implements DetectorRun {
  private readonly matches: KqlPredicate
  private readonly schedule: Schedule
  private readonly threshold: number
  private readonly groupsByName: boolean
  private readonly starts: StartMemory
  private readonly ancestry: ProcessAncestry
  private history: SignalHistory
  private nextRunAt: number | null
  private lastRunAt: number | null
  private readonly exceptions: Exceptions
  private readonly notBeforeMs: number

  constructor(settings: Settings, { snapshot, exceptions = [], notBeforeMs = Number.NEGATIVE_INFINITY }: RunOptions) {
    const {
      threshold = 1,
      windowMinutes = 1,
      runEveryMinutes = 1,
      caseSensitive,
      hardenedQuery,
      groupByHostName,
    } = { ...defaultsOf(rule), ...settings }
    this.threshold = threshold
    this.groupsByName = groupByHostName === 1
    this.schedule = { intervalMs: runEveryMinutes * MINUTE_MS, lookBackMs: windowMinutes * MINUTE_MS }
    this.matches = kqlPredicate(hardenedQuery === 1 ? HARDENED_QUERY : SEED_QUERY, { caseSensitive: caseSensitive !== 0 })
    this.exceptions = compileExceptions(exceptions)
    this.notBeforeMs = notBeforeMs
    const state = snapshot === undefined ? undefined : stateSchema.parse(snapshot)
    this.starts = new StartMemory(state?.starts)
    this.ancestry = new ProcessAncestry(state?.ancestry)
    this.history = new Map(state?.history)
    this.nextRunAt = state?.nextRunAt ?? null
    this.lastRunAt = state?.lastRunAt ?? null
  }

  step({ processes, nowMs }: Step): readonly Finding[] {
    const findings: Finding[] = []
    for (const event of processes) {
      findings.push(...this.runsBefore(event.at))
      this.observe(event)
    }
    findings.push(...this.runsBefore(nowMs))
    return findings
  }

  wakeAt(): number | null {
    return this.nextRunAt === null ? null : this.nextRunAt + STEP_MS
  }

  snapshot(): unknown {
    return {
      nextRunAt: this.nextRunAt,
      lastRunAt: this.lastRunAt,
      history: [...this.history],
      starts: this.starts.state(),
      ancestry: this.ancestry.state(),
    } satisfies z.infer<typeof stateSchema>
  }

  status(): DetectorStatus {
    return { learning: null, runs: { lastAt: this.lastRunAt, nextAt: this.nextRunAt } }
  }

  private observe(event: ProcessEvent): void {
    this.ancestry.remember(event)
    const { at } = event
    const document = ecsOfProcess(event)
    if (!this.matches(document, at) || this.exceptions.covers(document, at)) return
    const group = this.groupOf(event)
    if (group === null) {
      this.starts.addWithoutHost(at)
      return
    }
    this.starts.add(group, at, () => matchedStart(event, group))
    this.nextRunAt ??= Math.max(firstRunAt(at, this.schedule.intervalMs), this.afterLastRun())
  }

  private groupOf({ hostId, hostName }: ProcessEvent): string | null {
    return hostId ?? (this.groupsByName && hostName !== null ? hostName.toLowerCase() : null)
  }

  private afterLastRun(): number {
    return this.lastRunAt === null ? this.notBeforeMs : this.lastRunAt + this.schedule.intervalMs
  }

  private runsBefore(eventTimeMs: number): readonly Finding[] {
    const findings: Finding[] = []
    while (this.nextRunAt !== null && this.nextRunAt < eventTimeMs) findings.push(...this.run(this.nextRunAt))
    return findings
  }

  private run(at: number): readonly Finding[] {
    const { intervalMs } = this.schedule
    const { windows } = windowsOfRun(at, at - intervalMs, this.schedule)
    const findings = windows.flatMap((window) => this.look(window, at))
    const [next] = windowsOfRun(at + intervalMs, at, this.schedule).windows
    this.starts.forget(next?.fromMs ?? at, this.history)
    this.lastRunAt = at
    this.nextRunAt = this.starts.isEmpty ? null : at + intervalMs
    return findings
  }

  private look(window: RuleWindow, at: number): readonly Finding[] {
    const { threshold } = this
    const { hits, cut, history } = runThreshold(this.starts.countable(), window, this.history, { threshold, maxHits: MAX_HITS })
    this.history = history
    const facts: RunFacts = {
      threshold,
      windowMinutes: this.schedule.lookBackMs / MINUTE_MS,
      hostsOver: hits.length + cut.length,
      maxHits: MAX_HITS,
      unseenMinutes: Math.max(0, this.schedule.intervalMs - this.schedule.lookBackMs) / MINUTE_MS,
      notices: this.exceptions.notices,
      ...this.starts.uncounted(window.fromMs, window.toMs),
    }
    return hits.map((hit) => findingOf(hit, at, facts, this.ancestry))
  }
}

/** @throws ZodError when a snapshot is not one of this detector's. */
export const dnsTunnelingNslookup: Detector = {
  rule,
  create: (settings, snapshot, exceptions = []) => createNslookupRun(settings, { snapshot, exceptions }),
  // Starts that were seen, and those that were counted into an alarm already.
  carryOver: (snapshot) => snapshot,
}
