import type { ProcessEvent, ProcessIdentity } from '@/lib/domain/process-event'
import { type DetectorRun, type Finding, STEP_MS } from '../../detector'
import { NO_LOOKUPS } from '../run-over-past'

const NOBODY: ProcessIdentity = { name: null, executable: null, args: [], commandLine: null, pid: null, entityId: null }

export interface TestStart {
  readonly at: number
  readonly id?: number
  readonly args?: readonly string[]
  readonly hostId?: string | null
  readonly hostName?: string | null
  readonly user?: string
  readonly name?: string
  readonly pid?: number
  readonly entityId?: string | null
  readonly parent?: Partial<ProcessIdentity>
}

/** A process start as a test writes it down: nslookup.exe asking for TXT from PowerShell unless it says otherwise. */
export function processStart(start: TestStart): ProcessEvent {
  const { at, id = at, args = ['nslookup.exe', '-q=txt', `n${at}.x.example`], name = 'nslookup.exe', pid = 4242, entityId = null } = start
  const executable = `C:\\Windows\\System32\\${name}`
  return {
    kind: 'process',
    id,
    at,
    timeQuality: 'exact',
    category: ['process'],
    type: ['start'],
    action: 'Process creation',
    hostId: start.hostId === undefined ? 'h1' : start.hostId,
    hostName: start.hostName === undefined ? 'PC7' : start.hostName,
    hostIps: [],
    user: { name: start.user ?? 'alice', domain: 'CORP', id: null },
    process: { name, executable, args, commandLine: args.join(' '), pid, entityId, originalFileName: name },
    parent: { ...NOBODY, ...(start.parent ?? { name: 'powershell.exe', pid: 900, entityId: 'ps' }) },
    sensor: null,
    format: 'test',
    recordNo: 1,
  }
}

/** `10:01:30` on the day of the tests, epoch ms. */
export const clock = (time: string): number => Date.parse(`2026-01-10T${time}Z`)

/** `count` starts a second apart. */
export const burst = (count: number, from: string, start: Partial<TestStart> = {}) =>
  Array.from({ length: count }, (_, index) => processStart({ id: index, ...start, at: clock(from) + index * 1_000 }))

/** Runs the events through steps that end at the given times (every 10 s when none are given), then serves what is due. */
export function play(run: DetectorRun, events: readonly ProcessEvent[], ends?: readonly number[]): Finding[] {
  const ordered = events.toSorted((left, right) => left.at - right.at || left.id - right.id)
  const findings: Finding[] = []
  let fromMs = Math.floor((ordered[0]?.at ?? 0) / STEP_MS) * STEP_MS
  let next = 0
  const step = (nowMs: number): void => {
    const start = next
    while ((ordered[next]?.at ?? Number.POSITIVE_INFINITY) < nowMs) next += 1
    findings.push(...run.step({ fromMs, nowMs, touched: [], processes: ordered.slice(start, next), view: NO_LOOKUPS }))
    fromMs = nowMs
  }
  for (const nowMs of ends ?? []) step(nowMs)
  while (next < ordered.length) step((Math.floor((ordered[next]?.at ?? 0) / STEP_MS) + 1) * STEP_MS)
  for (let due = run.wakeAt(); due !== null; due = run.wakeAt()) step(Math.max(due, fromMs + STEP_MS))
  return findings
}
