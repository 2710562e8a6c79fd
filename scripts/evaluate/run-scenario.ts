import { createReadStream, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { engineClock } from '@/lib/cli/engine-clock'
import type { Detector } from '@/lib/detectors/detector'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { DnsEvent } from '@/lib/domain/dns-event'
import type { Intake } from '@/lib/domain/intake'
import type { LogEvent } from '@/lib/domain/log-event'
import { createEngine, type Engine } from '@/lib/engine/engine'
import { createMemoryAlarmSink } from '@/lib/engine/memory-alarm-sink'
import { compose } from '@/lib/evaluation/compose'
import { convert } from '@/lib/evaluation/convert'
import type { Part, Scenario } from '@/lib/evaluation/labels'
import { type EvaluationLookup, evaluationLookup } from '@/lib/evaluation/lookup'
import { peers } from '@/lib/evaluation/peers'
import type { ScenarioRun } from '@/lib/evaluation/scenario-result'
import type { ScoredAlarm } from '@/lib/evaluation/truth'
import { readLog } from '@/lib/formats/read-log'
import type { EventStore } from '@/lib/store/ports'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'

const CHUNK_BYTES = 1024 * 1024
const EVERYTHING = { fromMs: Number.MIN_SAFE_INTEGER, toMs: Number.MAX_SAFE_INTEGER }

export interface RunOptions {
  readonly dataDir: string
  readonly detectors: readonly Detector[]
}

/** A file of a scenario that is not there, or that no format reads. */
class DataError extends Error {}

const pathOf = (dataDir: string, file: string): string => (isAbsolute(file) ? file : join(dataDir, file))

/** A log without years is read as one of the year its labels give. */
const nowFor = (year: number | undefined): number => (year === undefined ? Date.now() : Date.UTC(year + 1, 0, 1) - 1)

/** Runs one scenario through the engine as `dowser replay` does, and the peers' rules over the same lookups. */
export async function runScenario(scenario: Scenario, options: RunOptions): Promise<ScenarioRun> {
  const missing = filesOf(scenario).filter((file) => !existsSync(pathOf(options.dataDir, file)))
  if (missing.length > 0) return failed(scenario, `missing: ${missing.join(', ')}`)
  const dir = mkdtempSync(join(tmpdir(), 'dowser-evaluate-'))
  try {
    return await inDir(dir, scenario, options)
  } catch (error) {
    return failed(scenario, error instanceof Error ? error.message : String(error))
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

const filesOf = ({ files, compose: parts }: Scenario): readonly string[] =>
  parts === undefined ? files : [...parts.tunnel.files, ...parts.benign.files]

const failed = (scenario: Scenario, failure: string): ScenarioRun => ({
  ...{ scenario, failure, lookups: [], alarms: [], suppressed: 0, peerAlarms: new Map(), alarmsWithoutCatalogue: null },
})

/** What the catalogue explains is kept suppressed: nobody is alarmed by it. */
const isOpen = ({ evidence }: AlarmDraft): boolean => evidence.suppression === null

async function inDir(dir: string, scenario: Scenario, { dataDir, detectors }: RunOptions): Promise<ScenarioRun> {
  const events = createSqliteEventStore({ dir, segmentBy: 'none', throwAway: true })
  const intakes = createSqliteIntakeLog(openIntakeDatabase(dir, { throwAway: true }))
  const sink = createMemoryAlarmSink()
  const clock = engineClock(() => nowFor(scenario.year))
  const engine = createEngine({ ...clock, events, intakes, sink, detectors, throwAway: true, analyseOnImport: false })
  try {
    await store(scenario, dataDir, engine, events)
    await engine.analyse()
    const bare = createMemoryAlarmSink()
    await createEngine({ ...clock, events, intakes, sink: bare, detectors, withCatalogue: false, throwAway: true }).analyse()
    const lookups = storedLookups(events)
    if (lookups.length === 0) throw new DataError(unreadableReason(intakes.list(1)[0]))
    const peerAlarms = new Map<string, readonly ScoredAlarm[]>(peers.map((peer) => [peer.id, peer.run(lookups)]))
    const alarms = sink.alarms().filter(isOpen)
    const suppressed = sink.alarms().length - alarms.length
    return { scenario, failure: null, lookups, alarms, suppressed, peerAlarms, alarmsWithoutCatalogue: bare.alarms() }
  } finally {
    events.close()
    intakes.close()
  }
}

/** A scenario that was not read at all proves nothing, least of all that it is quiet. */
function unreadableReason(intake: Intake | undefined): string {
  const [first] = intake?.rejects ?? []
  return first === undefined ? 'no lookup was read' : `no lookup was read: ${first.count} records rejected (${first.reason})`
}

/** What a format reads goes in as bytes, exactly as in `replay`; what had to be made up goes in as events. */
async function store(scenario: Scenario, dataDir: string, engine: Engine, events: EventStore): Promise<void> {
  const { compose: parts } = scenario
  if (parts !== undefined) {
    const [tunnel, benign] = [await readPart(parts.tunnel, dataDir), await readPart(parts.benign, dataDir)]
    events.append(compose(tunnel, benign, { atSeconds: parts.at, client: parts.client }), 'composed')
  } else if (scenario.convert !== undefined || scenario.from !== undefined || scenario.to !== undefined)
    events.append(await readPart(scenario, dataDir), 'converted')
  else
    for (const file of scenario.files) {
      const bytes = createReadStream(pathOf(dataDir, file), { highWaterMark: CHUNK_BYTES })
      const intake = await engine.import(bytes, { via: 'replay', name: file, bytesTotal: null, demo: false })
      if (intake.error !== null) throw new DataError(`${file}: ${intake.error}`)
    }
}

async function readPart(part: Part, dataDir: string): Promise<LogEvent[]> {
  const all: LogEvent[] = []
  for (const file of part.files) for (const event of await readFile(pathOf(dataDir, file), part)) all.push(event)
  const from = part.from === undefined ? Number.NEGATIVE_INFINITY : Date.parse(part.from)
  const to = part.to === undefined ? Number.POSITIVE_INFINITY : Date.parse(part.to)
  return all.filter(({ at }) => at >= from && at <= to)
}

async function readFile(path: string, { convert: how, year }: Part): Promise<readonly LogEvent[]> {
  const stream = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  if (how !== undefined) return convert(await unpacked(stream), how)
  const read: LogEvent[] = []
  const log = readLog(stream, { nowMs: nowFor(year) })
  for (let next = await log.next(); !next.done; next = await log.next()) for (const event of next.value.events) read.push(event)
  return read
}

async function unpacked(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  for await (const part of stream) parts.push(part)
  const bytes = Buffer.concat(parts)
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes
}

function storedLookups(events: EventStore): EvaluationLookup[] {
  const lookups: EvaluationLookup[] = []
  for (const event of events.read(EVERYTHING)) {
    const lookup = event.kind === 'dns' ? evaluationLookup(event satisfies DnsEvent) : null
    if (lookup !== null) lookups.push(lookup)
  }
  return lookups
}
