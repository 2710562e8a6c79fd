import { existsSync } from 'node:fs'
import { listEntries } from '@/lib/services/allowlist/list-entries'
import { getCoverage } from '@/lib/services/coverage/get-coverage'
import type { TimeRange } from '@/lib/store/ports'
import { createAlarmExport } from '@/lib/store/sqlite/alarm-export'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import type { AppStores } from './app-stores'
import { parseArguments } from './arguments'
import { type Command, CommandError, EXIT, type Terminal, UsageError } from './command'
import { type DataFolder, dataFolder, prepareDataFolder } from './data-folder'
import { alarmTable, allowlistTable, coverageRows, coverageTable, eventTable } from './export-tables'
import { TABLE_FORMATS, type TableFormat, writeTable } from './table'
import { parseRange } from './time-range'

const USAGE = `Usage: dowser export alarms|events|allowlist|coverage [--as csv|ndjson] [--from TIME] [--to TIME]

Writes to standard output: csv (the default) opens in a spreadsheet, ndjson has every field, one object a line.

  alarms     every alarm, oldest first; as ndjson with its evidence
  events     every lookup and process start, oldest first
  allowlist  every entry, newest first, removed ones included
  coverage   techniques, the detectors that can claim them, and their alarms

  --from TIME, --to TIME   of events, only those from TIME on and before TIME: 2026-11-21 or 2026-11-21T09:30:00Z;
                           UTC unless it has an offset

Exit code 0 when it ran, 1 when there is no data folder, 2 for wrong usage.`

interface Request {
  readonly folder: DataFolder
  readonly terminal: Terminal
  readonly as: TableFormat
  readonly out: Terminal['out']
  readonly range: TimeRange
}

const EXPORTS: Readonly<Record<string, (request: Request) => Promise<void>>> = {
  alarms: exportAlarms,
  events: exportEvents,
  allowlist: (request) =>
    withStores(request, async (stores) => {
      const { entries } = await listEntries(stores, { includeRemoved: true })
      await writeTable(allowlistTable, entries, request)
    }),
  coverage: (request) =>
    withStores(request, async (stores) => {
      const coverage = await getCoverage(stores)
      await writeTable(coverageTable, coverageRows(coverage), request)
    }),
}

export const exportRows: Command = {
  name: 'export',
  summary: 'write alarms, events, allowlist or coverage as CSV or NDJSON',
  usage: USAGE,
  async run(args, terminal) {
    const { values, rest } = parseArguments(args, { flags: [], values: ['as', 'from', 'to'] })
    const [what = ''] = rest
    const work = Object.hasOwn(EXPORTS, what) ? EXPORTS[what] : undefined
    if (work === undefined || rest.length !== 1) throw new UsageError(`what can be exported: ${Object.keys(EXPORTS).join(', ')}`)
    const as = TABLE_FORMATS.find((format) => format === (values.as ?? 'csv'))
    if (as === undefined) throw new UsageError(`--as ${values.as}: there are ${TABLE_FORMATS.join(' and ')}`)
    if (what !== 'events' && (values.from ?? values.to) !== undefined) throw new UsageError('--from and --to are for events')
    const range = parseRange(values)
    const folder = dataFolder(terminal)
    if (!existsSync(folder.appDb)) throw new CommandError(`no Dowser data in ${folder.dir}; set DOWSER_DATA to the data folder`)
    await work({ folder, terminal, as, out: terminal.out, range })
    return EXIT.ok
  },
}

async function exportAlarms(request: Request): Promise<void> {
  const source = createAlarmExport(request.folder.appDb)
  try {
    await writeTable(alarmTable, source.alarms(), request)
  } finally {
    source.close()
  }
}

async function exportEvents(request: Request): Promise<void> {
  const store = createSqliteEventStore({ dir: request.folder.dir })
  try {
    await writeTable(eventTable, store.read(request.range), request)
  } finally {
    store.close()
  }
}

async function withStores({ folder, terminal }: Request, work: (stores: AppStores) => Promise<void>): Promise<void> {
  prepareDataFolder(folder, terminal.now())
  // Loaded when it is needed: the other commands start without the database client.
  const { withAppStores } = await import('./app-stores')
  await withAppStores(folder.appDb, terminal.now, work)
}
