import { existsSync } from 'node:fs'
import { createAlarmExport } from '@/lib/store/sqlite/alarm-export'
import { parseArguments } from './arguments'
import { type Command, CommandError, EXIT, UsageError } from './command'
import { csvLine } from './csv'
import { dataFolder } from './data-folder'

const USAGE = `Usage: dowser export alarms [--as csv|ndjson]

Writes every alarm to standard output, oldest first: csv (the default) opens in a spreadsheet, ndjson has every field,
the evidence included.

Exit code 0 when it ran, 1 when there is no data folder, 2 for wrong usage.`

const COLUMNS = [
  ...['id', 'status', 'severity', 'score', 'detector', 'zone', 'source', 'hostName', 'userName', 'openedAt', 'firstSeenAt', 'lastSeenAt'],
  ...['queries', 'distinctNames', 'recurrences', 'tool', 'techniques', 'reason', 'decidedBy', 'decidedAt', 'summary'],
] as const

export const exportRows: Command = {
  name: 'export',
  summary: 'write alarms as CSV or NDJSON',
  usage: USAGE,
  async run(args, terminal) {
    const { values, rest } = parseArguments(args, { flags: [], values: ['as'] })
    const { as = 'csv' } = values
    if (rest.length !== 1 || rest[0] !== 'alarms') throw new UsageError('what can be exported: alarms')
    if (as !== 'csv' && as !== 'ndjson') throw new UsageError(`--as ${as}: there are csv and ndjson`)
    const { dir, appDb } = dataFolder(terminal)
    if (!existsSync(appDb)) throw new CommandError(`no Dowser data in ${dir}; set DOWSER_DATA to the data folder`)
    const source = createAlarmExport(appDb)
    try {
      if (as === 'csv') await terminal.out(csvLine(COLUMNS))
      for (const alarm of source.alarms()) await terminal.out(as === 'csv' ? csvLine(cells(alarm)) : `${JSON.stringify(alarm)}\n`)
    } finally {
      source.close()
    }
    return EXIT.ok
  },
}

const iso = (at: number): string => new Date(at).toISOString()

function cells(
  alarm: ReturnType<ReturnType<typeof createAlarmExport>['alarms']> extends Iterable<infer Row> ? Row : never,
): readonly (string | number | null)[] {
  const { decision } = alarm
  const byColumn: Readonly<Record<(typeof COLUMNS)[number], string | number | null>> = {
    ...{ id: alarm.id, status: alarm.status, severity: alarm.severity, score: alarm.score, detector: alarm.detector },
    ...{ zone: alarm.zone, source: alarm.source, hostName: alarm.hostName, userName: alarm.userName },
    ...{ openedAt: iso(alarm.openedAt), firstSeenAt: iso(alarm.firstSeenAt), lastSeenAt: iso(alarm.lastSeenAt) },
    ...{ queries: alarm.queries, distinctNames: alarm.distinctNames, recurrences: alarm.recurrences },
    tool: alarm.tool?.name ?? null,
    techniques: alarm.techniques.map((claim) => claim.id).join(' '),
    reason: decision?.reason ?? null,
    decidedBy: decision?.byName ?? null,
    decidedAt: decision === null ? null : iso(decision.at),
    summary: alarm.summary,
  }
  return COLUMNS.map((column) => byColumn[column])
}
