import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Detector } from '@/lib/detectors/detector'
import { detectors } from '@/lib/detectors/index'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { Intake } from '@/lib/domain/intake'
import { createEngine } from '@/lib/engine/engine'
import { createMemoryAlarmSink } from '@/lib/engine/memory-alarm-sink'
import { formats } from '@/lib/formats/index'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { parseArguments } from './arguments'
import { type Command, EXIT, type Terminal, UsageError } from './command'
import { engineClock } from './engine-clock'
import { type InputFile, inputFile } from './input-files'
import { terminalSafe, textTable } from './terminal-text'

const USAGE = `Usage: dowser replay [--json] [--format NAME] [--only DETECTOR]
                     [--without-catalogue] FILE…

Analyses log files together, in event time, and prints the alarms. Nothing is kept.
FILE may be - for standard input.

  --json           one JSON object a line: the alarms, then a summary
  --format NAME    do not recognise the format, use this one
  --only DETECTOR  run one detector
  --without-catalogue
                   let the catalogue of benign services lower and hide nothing

Exit code 0 when it ran, whatever it found; 1 when a file could not be read; 2 for wrong usage.`

export const replay: Command = {
  name: 'replay',
  summary: 'analyse log files and print the alarms; nothing is kept',
  usage: USAGE,
  async run(args, terminal) {
    const { flags, values, rest } = parseArguments(args, { flags: ['json', 'without-catalogue'], values: ['format', 'only'] })
    if (rest.length === 0) throw new UsageError('name at least one file')
    if (rest.filter((name) => name === '-').length > 1) throw new UsageError('standard input can be read once')
    const chosen = chooseDetectors(values.only)
    requireFormat(values.format)
    const files = rest.map((name) => inputFile(name, terminal))
    const startedAt = terminal.now()
    const how = { chosen, format: values.format, withCatalogue: !flags.has('without-catalogue') }
    const { found, intakes } = await inThrowAwayDir((dir) => analyseFiles(dir, files, how, terminal))
    const alarms = found.filter(({ evidence }) => evidence.suppression === null)
    const summary = summarise(intakes, alarms, found.length - alarms.length, terminal.now() - startedAt)
    await terminal.out(flags.has('json') ? jsonLines(alarms, summary) : table(alarms, summary))
    for (const intake of intakes) reportTrouble(intake, terminal)
    return intakes.some((intake) => intake.state === 'failed') ? EXIT.unreadable : EXIT.ok
  },
}

function chooseDetectors(only: string | undefined): readonly Detector[] {
  if (only === undefined) return detectors
  const chosen = detectors.filter((detector) => detector.rule.id === only)
  if (chosen.length === 0)
    throw new UsageError(`no detector is called ${only}; there are ${detectors.map((detector) => detector.rule.id).join(', ')}`)
  return chosen
}

/** @throws UsageError listing the names there are. */
export function requireFormat(name: string | undefined): void {
  if (name === undefined || formats.some((format) => format.id === name)) return
  throw new UsageError(`no format is called ${name}; there are ${formats.map((format) => format.id).join(', ')}`)
}

/** Runs `work` in a directory that is gone afterwards, also when the user interrupts. */
async function inThrowAwayDir<Result>(work: (dir: string) => Promise<Result>): Promise<Result> {
  const dir = mkdtempSync(join(tmpdir(), 'dowser-replay-'))
  const remove = () => rmSync(dir, { recursive: true, force: true })
  const interrupted = (signal: NodeJS.Signals) => {
    remove()
    process.exit(signal === 'SIGINT' ? 130 : 143)
  }
  process.once('SIGINT', interrupted)
  process.once('SIGTERM', interrupted)
  try {
    return await work(dir)
  } finally {
    process.removeListener('SIGINT', interrupted)
    process.removeListener('SIGTERM', interrupted)
    remove()
  }
}

async function analyseFiles(
  dir: string,
  files: readonly InputFile[],
  { chosen, format, withCatalogue }: { chosen: readonly Detector[]; format: string | undefined; withCatalogue: boolean },
  terminal: Terminal,
): Promise<{ found: readonly AlarmDraft[]; intakes: readonly Intake[] }> {
  const events = createSqliteEventStore({ dir, segmentBy: 'none', throwAway: true })
  const intakeLog = createSqliteIntakeLog(openIntakeDatabase(dir, { throwAway: true }))
  const sink = createMemoryAlarmSink()
  try {
    const engine = createEngine({
      ...engineClock(terminal.now),
      ...{ events, intakes: intakeLog, sink, detectors: chosen, withCatalogue, throwAway: true, analyseOnImport: false },
    })
    const intakes: Intake[] = []
    for (const { name, bytesTotal, open } of files)
      intakes.push(
        await engine.import(open(), { via: 'replay', name, bytesTotal, demo: false, ...(format === undefined ? {} : { format }) }),
      )
    await engine.analyse()
    return { found: sink.alarms(), intakes }
  } finally {
    events.close()
    intakeLog.close()
  }
}

interface Summary {
  readonly files: number
  readonly records: number
  readonly dnsEvents: number
  readonly processEvents: number
  readonly rejected: number
  readonly alarms: number
  /** Kept without being an alarm, because the benign catalogue explains them. */
  readonly suppressed: number
  readonly elapsedMs: number
}

function summarise(intakes: readonly Intake[], alarms: readonly AlarmDraft[], suppressed: number, elapsedMs: number): Summary {
  const total = (field: 'records' | 'dnsEvents' | 'processEvents' | 'rejected') => intakes.reduce((sum, intake) => sum + intake[field], 0)
  return {
    files: intakes.length,
    records: total('records'),
    dnsEvents: total('dnsEvents'),
    processEvents: total('processEvents'),
    rejected: total('rejected'),
    alarms: alarms.length,
    suppressed,
    elapsedMs,
  }
}

const iso = (at: number): string => new Date(at).toISOString()

/** The line format others script against. */
export function alarmLine(alarm: AlarmDraft) {
  const { detector, severity, score, zone, source, queries, distinctNames, tool, summary } = alarm
  return {
    type: 'alarm',
    ...{ detector, severity, score, zone, source },
    openedAt: iso(alarm.openedAt),
    firstSeen: iso(alarm.firstSeenAt),
    lastSeen: iso(alarm.lastSeenAt),
    ...{ queries, distinctNames, tool },
    techniques: alarm.techniques.map((claim) => claim.id),
    summary,
  }
}

const jsonLines = (alarms: readonly AlarmDraft[], summary: Summary): string =>
  [...alarms.map(alarmLine), { type: 'summary', ...summary }].map((line) => `${JSON.stringify(line)}\n`).join('')

/** The alarms as columns with a blank line below; empty when there are none. */
export function alarmTableText(alarms: readonly AlarmDraft[]): string {
  const head = ['OPENED', 'SEVERITY', 'SCORE', 'DETECTOR', 'ZONE', 'SOURCE', 'QUERIES', 'NAMES', 'TOOL', 'WHY']
  const rows = alarms.map((alarm) => [
    iso(alarm.openedAt).slice(0, 19),
    alarm.severity,
    String(Math.round(alarm.score)),
    alarm.detector,
    terminalSafe(alarm.zone ?? '-'),
    terminalSafe(alarm.source ?? '-'),
    String(alarm.queries),
    String(alarm.distinctNames),
    alarm.tool?.name ?? '-',
    terminalSafe(alarm.summary),
  ])
  return alarms.length === 0 ? '' : `${textTable([head, ...rows])}\n\n`
}

function table(alarms: readonly AlarmDraft[], summary: Summary): string {
  const { files, records, dnsEvents, processEvents, rejected, suppressed, elapsedMs } = summary
  const hidden = suppressed === 0 ? '' : ` (${suppressed} more explained by the benign catalogue)`
  const total = `${alarms.length} alarms in ${files} files${hidden}: ${records} records, ${dnsEvents} DNS lookups, ${processEvents} process starts, ${rejected} rejected, ${elapsedMs} ms`
  return `${alarmTableText(alarms)}${total}\n`
}

/** What the user must know about a file: that it could not be read, was damaged, or was refused in part. */
export function reportTrouble(intake: Intake, terminal: Pick<Terminal, 'err'>): void {
  const name = terminalSafe(intake.name)
  if (intake.error !== null) terminal.err(`dowser: ${name}: ${terminalSafe(intake.error)}\n`)
  for (const problem of intake.problems) terminal.err(`dowser: ${name}: ${terminalSafe(problem)}\n`)
  for (const { reason, count, samples } of intake.rejects) {
    const [first] = samples
    const example = first === undefined ? '' : `, first at record ${first.recordNo}: ${terminalSafe(first.detail)}`
    terminal.err(`dowser: ${name}: ${count} records rejected (${reason})${example}\n`)
  }
}
