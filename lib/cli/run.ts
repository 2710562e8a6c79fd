import { existsSync } from 'node:fs'
import type { Detector } from '@/lib/detectors/detector'
import { detectors } from '@/lib/detectors/index'
import type { AlarmDraft } from '@/lib/domain/alarm'
import { createAssetLookup } from '@/lib/domain/asset-lookup'
import { DEFAULT_CONFIG, type DetectorConfig } from '@/lib/domain/detector-settings'
import { type HistoryResult, runOverHistory } from '@/lib/engine/preview-settings'
import { pause } from '@/lib/engine/surroundings'
import type { TimeRange } from '@/lib/store/ports'
import { createSqliteAssetReader } from '@/lib/store/sqlite/asset-reader'
import { createSqliteDetectorSettingsReader } from '@/lib/store/sqlite/detector-settings-reader'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { parseArguments } from './arguments'
import { type Command, CommandError, EXIT, type Terminal, UsageError } from './command'
import { type DataFolder, dataFolder, prepareDataFolder } from './data-folder'
import { alarmLine, alarmTableText } from './replay'
import { parseRange } from './time-range'

const USAGE = `Usage: dowser run DETECTOR [--from TIME] [--to TIME] [--set NAME=VALUE[,NAME=VALUE…]] [--defaults] [--json]

Runs one detector over the events that are stored and prints the alarms it would raise. Nothing is written; the server
may be running. It runs with the settings in force, also when the detector is switched off.

  --from TIME, --to TIME   only events from TIME on and before TIME: 2026-11-21 or 2026-11-21T09:30:00Z; UTC unless it
                           has an offset
  --set NAME=VALUE         with another value of a setting
  --defaults               with the defaults instead of the settings in force
  --json                   one JSON object a line: the alarms, then a summary

Exit code 0 when it ran, whatever it found; 1 when there is no data folder; 2 for wrong usage.`

export const run: Command = {
  name: 'run',
  summary: 'run one detector over stored events and print what it would raise',
  usage: USAGE,
  async run(args, terminal) {
    const { flags, values, rest } = parseArguments(args, { flags: ['json', 'defaults'], values: ['from', 'to', 'set'] })
    const detector = chosenDetector(rest)
    const range = parseRange(values)
    const folder = dataFolder(terminal)
    if (!existsSync(folder.appDb)) throw new CommandError(`no Dowser data in ${folder.dir}; set DOWSER_DATA to the data folder`)
    prepareDataFolder(folder, terminal.now())
    const base = flags.has('defaults') ? DEFAULT_CONFIG : configInForce(folder, detector.rule.id)
    const config = { ...base, enabled: true, values: { ...base.values, ...settingsOf(detector, values.set) } }
    const { result, from } = await runOver(folder, detector, config, range, terminal)
    const alarms = result.alarms[0] ?? []
    await terminal.out(flags.has('json') ? jsonLines(alarms, result, from) : `${alarmTableText(alarms)}${summary(alarms, result, from)}\n`)
    return EXIT.ok
  },
}

function chosenDetector(names: readonly string[]): Detector {
  const [name = ''] = names
  const found = detectors.find(({ rule }) => rule.id === name)
  if (found === undefined || names.length !== 1)
    throw new UsageError(`name one detector: ${detectors.map((detector) => detector.rule.id).join(', ')}`)
  return found
}

function configInForce({ appDb }: DataFolder, detectorId: string): DetectorConfig {
  const reader = createSqliteDetectorSettingsReader(appDb)
  try {
    return reader.all()[detectorId]?.config ?? DEFAULT_CONFIG
  } finally {
    reader.close()
  }
}

/** @throws UsageError naming the setting and its bounds. */
function settingsOf({ rule }: Detector, text: string | undefined): Readonly<Record<string, number>> {
  const pairs = (text ?? '').split(',').filter((pair) => pair !== '')
  return Object.fromEntries(
    pairs.map((pair) => {
      const [id = '', value = ''] = pair.split('=')
      const parameter = rule.parameters.find((candidate) => candidate.id === id)
      if (parameter === undefined)
        throw new UsageError(`--set ${pair}: ${rule.id} has ${rule.parameters.map((candidate) => candidate.id).join(', ')}`)
      const number = value.trim() === '' ? Number.NaN : Number(value)
      if (!(number >= parameter.min && number <= parameter.max))
        throw new UsageError(`--set ${pair}: ${id} is between ${parameter.min} and ${parameter.max}`)
      return [id, number]
    }),
  )
}

async function runOver(
  folder: DataFolder,
  detector: Detector,
  config: DetectorConfig,
  asked: TimeRange,
  terminal: Pick<Terminal, 'now'>,
): Promise<{ readonly result: HistoryResult; readonly from: TimeRange }> {
  const events = createSqliteEventStore({ dir: folder.dir })
  const assetReader = createSqliteAssetReader(folder.appDb)
  try {
    const extent = events.extent()
    const from =
      extent === null
        ? asked
        : { fromMs: Math.max(asked.fromMs, extent.fromMs), toMs: Math.max(extent.fromMs, Math.min(asked.toMs, extent.toMs)) }
    const options = {
      events,
      detector,
      variants: [config],
      range: from,
      limitMs: null,
      now: terminal.now,
      assets: createAssetLookup(assetReader.all()),
    }
    const result = await runOverHistory({ ...options, pause: () => pause(0) })
    if (result === null) throw new CommandError('the run was cancelled')
    return { result, from }
  } finally {
    events.close()
    assetReader.close()
  }
}

const iso = (at: number): string => new Date(at).toISOString()

const summary = (alarms: readonly AlarmDraft[], { events }: HistoryResult, range: TimeRange): string =>
  `${alarms.length} alarms from ${events} events${events === 0 ? '' : `, ${iso(range.fromMs)} to ${iso(range.toMs)}`}; nothing was written`

const jsonLines = (alarms: readonly AlarmDraft[], { events }: HistoryResult, range: TimeRange): string =>
  [
    ...alarms.map(alarmLine),
    { type: 'summary', alarms: alarms.length, events, from: iso(range.fromMs), to: range.toMs > 8.64e15 ? null : iso(range.toMs) },
  ]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('')
