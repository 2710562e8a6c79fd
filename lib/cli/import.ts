import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { detectors } from '@/lib/detectors/index'
import type { Intake } from '@/lib/domain/intake'
import { createAssetList } from '@/lib/engine/asset-list'
import { configsOf, createConfiguredDetectors } from '@/lib/engine/configured-detectors'
import { createEngine, type Engine } from '@/lib/engine/engine'
import { readLog } from '@/lib/formats/read-log'
import type { IntakeLog, RejectStore } from '@/lib/store/ports'
import { createSqliteAlarmSink } from '@/lib/store/sqlite/alarm-sink'
import { createSqliteAssetReader } from '@/lib/store/sqlite/asset-reader'
import { createSqliteDetectorSettingsReader } from '@/lib/store/sqlite/detector-settings-reader'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteHostNameWriter } from '@/lib/store/sqlite/host-name-writer'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { createSqliteRejectStore } from '@/lib/store/sqlite/reject-store'
import { parseArguments } from './arguments'
import { type Command, CommandError, EXIT, type Terminal, UsageError } from './command'
import { dataFolder, prepareDataFolder } from './data-folder'
import { engineClock } from './engine-clock'
import { type InputFile, inputFile } from './input-files'
import { progressPrinter } from './progress'
import { reportTrouble, requireFormat } from './replay'
import { terminalSafe } from './terminal-text'

const USAGE = `Usage: dowser import [--format NAME] [--demo] [--shift-to-now] [FILE…]

Stores log files in the data folder and raises their alarms. Importing the same file again adds nothing; after an
interruption, import it again. FILE may be - for standard input. The server may be running.

  --format NAME    do not recognise the format, use this one
  --demo           mark what is imported as demonstration data; without FILE, the captures that come with Dowser
  --shift-to-now   move the times of all files together, so that the newest event is now

Exit code 0 when every file was read, 1 when one could not be, 2 for wrong usage.`

export const importFiles: Command = {
  name: 'import',
  summary: 'store log files and raise their alarms',
  usage: USAGE,
  async run(args, terminal) {
    const { flags, values, rest } = parseArguments(args, { flags: ['demo', 'shift-to-now'], values: ['format'] })
    requireFormat(values.format)
    const names = rest.length === 0 && flags.has('demo') ? demoFiles(terminal.programDir) : rest
    if (names.length === 0) throw new UsageError('name at least one file')
    const files = names.map((name) => inputFile(name, terminal))
    const timeShiftMs = flags.has('shift-to-now') ? await shiftToNow(files, values.format, terminal.now()) : 0
    const meta = { via: flags.has('demo') ? 'demo' : 'cli', demo: flags.has('demo'), timeShiftMs }
    const intakes = await withEngine(terminal, ({ engine }) => importAll(engine, files, { ...meta, format: values.format }, terminal))
    return intakes.some((intake) => intake.state === 'failed') ? EXIT.unreadable : EXIT.ok
  },
}

const manifestSchema = z.object({ files: z.array(z.object({ name: z.string() })).min(1) })

/** The captures that the manifest names; other files beside them are about them. */
function demoFiles(programDir: string): readonly string[] {
  const dir = join(programDir, 'demo')
  const manifest = join(dir, 'manifest.json')
  if (!existsSync(manifest)) throw new CommandError(`no captures in ${dir}`)
  const { files } = manifestSchema.parse(JSON.parse(readFileSync(manifest, 'utf8')))
  return files.map(({ name }) => join(dir, name)).sort()
}

/** Reads every file once to find the newest event. */
async function shiftToNow(files: readonly InputFile[], format: string | undefined, nowMs: number): Promise<number> {
  if (files.some((file) => file.bytesTotal === null)) throw new UsageError('--shift-to-now reads each file twice and needs real files')
  let newestAt = Number.NEGATIVE_INFINITY
  for (const file of files) {
    try {
      for await (const batch of readLog(file.open(), { nowMs, ...(format === undefined ? {} : { format }) }))
        for (const event of batch.events) if (event.at > newestAt) newestAt = event.at
    } catch {
      // The import itself says what is wrong with the file.
    }
  }
  return Number.isFinite(newestAt) ? nowMs - newestAt : 0
}

/** What a command of the engine works on. */
export interface EngineDesk {
  readonly engine: Engine
  readonly intakes: IntakeLog
  readonly rejects: RejectStore
}

/** Opens the stores of the data folder and an engine on them, and closes them when the work has ended. */
export async function withEngine<Result>(terminal: Terminal, work: (desk: EngineDesk) => Promise<Result>): Promise<Result> {
  const folder = dataFolder(terminal)
  prepareDataFolder(folder, terminal.now())
  const events = createSqliteEventStore({ dir: folder.dir })
  const intakes = createSqliteIntakeLog(openIntakeDatabase(folder.dir))
  const sink = createSqliteAlarmSink(folder.appDb)
  const settings = createSqliteDetectorSettingsReader(folder.appDb)
  const assetReader = createSqliteAssetReader(folder.appDb)
  const assets = createAssetList(() => assetReader.all()).known
  const hostNames = createSqliteHostNameWriter(folder.appDb)
  const configured = createConfiguredDetectors(detectors, () => configsOf(settings.all()))
  const rejects = createSqliteRejectStore(openIntakeDatabase(folder.dir))
  const engine = createEngine({
    ...engineClock(terminal.now),
    events,
    intakes,
    sink,
    assets,
    hostNames,
    rejects,
    detectors: configured.detectors,
  })
  try {
    await engine.recover()
    return await work({ engine, intakes, rejects })
  } finally {
    engine.close()
    events.close()
    intakes.close()
    rejects.close()
    sink.close()
    settings.close()
    assetReader.close()
    hostNames.close()
  }
}

interface ImportSettings {
  readonly via: string
  readonly demo: boolean
  readonly timeShiftMs: number
  readonly format: string | undefined
}

async function importAll(engine: Engine, files: readonly InputFile[], settings: ImportSettings, terminal: Terminal): Promise<Intake[]> {
  const intakes: Intake[] = []
  for (const { name, bytesTotal, open } of files) {
    const progress = progressPrinter(terminal)
    const { format, ...rest } = settings
    const meta = { name: baseName(name), bytesTotal, ...rest, ...(format === undefined ? {} : { format }) }
    const intake = await engine.import(open(), meta, (state) => progress.show(state))
    progress.end()
    reportTrouble(intake, terminal)
    await terminal.out(`${resultLine(intake)}\n`)
    intakes.push(intake)
  }
  return intakes
}

const baseName = (name: string): string => name.split(/[/\\]/).at(-1) ?? name

function resultLine(intake: Intake): string {
  const { records, dnsEvents, processEvents, duplicates, rejected, alarms, hiddenAlarms = 0 } = intake
  const added = dnsEvents + processEvents - duplicates
  const state = intake.state === 'failed' ? 'FAILED after ' : ''
  return `${terminalSafe(intake.name)}: ${state}${records} records, ${added} events added, ${duplicates} known before, ${rejected} rejected, ${alarms} alarms${hiddenAlarms > 0 ? `, ${hiddenAlarms} of them suppressed` : ''}`
}
