import { csvLine } from '@/lib/domain/csv'
import type { EventKind } from '@/lib/domain/event-search'
import { resolveNames } from '@/lib/services/assets/resolve-names'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import type { EventQuery } from '@/lib/store/ports'
import { type EventSearchInput, toEventQuery } from './event-query'
import { type LookupHit, type ProcessHit, toLookupHit, toProcessHit } from './search-events'

/** Rows of one file: what a spreadsheet still opens without pain. */
export const MAX_EXPORT_ROWS = 100_000
const ROWS_PER_READ = 1_000

const LOOKUP_COLUMNS = [
  ['time', ({ at }) => new Date(at).toISOString()],
  ['source', ({ source }) => source],
  ['host', ({ hostName }) => hostName],
  ['user', ({ userName }) => userName],
  ['process', ({ processName }) => processName],
  ['name', ({ qname }) => qname],
  ['zone', ({ zone }) => zone],
  ['type', ({ qtype }) => qtype],
  ['rcode', ({ rcode }) => rcode],
  ['answers', ({ answers }) => answers.join(' ')],
  ['server', ({ serverIp }) => serverIp],
  ['sensor', ({ sensor }) => sensor],
  ['format', ({ format }) => format],
] as const satisfies readonly (readonly [string, (row: LookupHit) => string | null])[]

const PROCESS_COLUMNS = [
  ['time', ({ at }) => new Date(at).toISOString()],
  ['host', ({ hostName, hostId }) => hostName ?? hostId],
  ['user', ({ userName }) => userName],
  ['process', ({ processName }) => processName],
  ['commandLine', ({ commandLine }) => commandLine],
  ['parent', ({ parentName }) => parentName],
  ['sensor', ({ sensor }) => sensor],
  ['format', ({ format }) => format],
] as const satisfies readonly (readonly [string, (row: ProcessHit) => string | null])[]

/**
 * What a search finds as CSV, newest first, a piece at a time; cells that a spreadsheet would run are made text. After
 * `maxRows` a last line says that there is more. The right is checked before the first piece.
 */
export async function exportEvents(
  ctx: ServiceContext,
  input: EventSearchInput & { readonly kind: EventKind },
  maxRows = MAX_EXPORT_ROWS,
): Promise<{ pieces: AsyncGenerator<string> }> {
  requirePermission(ctx, 'event:read')
  const query = toEventQuery(ctx, input)
  return { pieces: input.kind === 'lookups' ? lookupPieces(ctx, query, maxRows) : processPieces(ctx, query, maxRows) }
}

const lookupPieces = (ctx: ServiceContext, query: EventQuery, maxRows: number) =>
  pieces(
    [...LOOKUP_COLUMNS.map(([name]) => name), 'sourceName'],
    (limit, cursor) => ctx.eventSearch.lookups(query, limit, cursor),
    (events) => lookupCells(ctx, events.map(toLookupHit)),
    maxRows,
  )

const processPieces = (ctx: ServiceContext, query: EventQuery, maxRows: number) =>
  pieces(
    PROCESS_COLUMNS.map(([name]) => name),
    (limit, cursor) => ctx.eventSearch.processStarts(query, limit, cursor),
    async (events) => events.map((event) => PROCESS_COLUMNS.map(([, cell]) => cell(toProcessHit(event)))),
    maxRows,
  )

/** The name that the source had at the time of the lookup has a column of its own: it is not what the row is about. */
async function lookupCells(ctx: ServiceContext, rows: readonly LookupHit[]): Promise<(string | null)[][]> {
  const asked = rows.flatMap(({ source, at }) => (source === null ? [] : [{ source, at }]))
  const names = new Map((await resolveNames(ctx, asked)).map(({ source, at, name }) => [`${source}\n${at}`, name]))
  return rows.map((row) => [...LOOKUP_COLUMNS.map(([, cell]) => cell(row)), names.get(`${row.source}\n${row.at}`) ?? null])
}

async function* pieces<Event>(
  header: readonly string[],
  read: (limit: number, cursor: string | null) => Promise<{ readonly rows: readonly Event[]; readonly nextCursor: string | null }>,
  cells: (events: readonly Event[]) => Promise<readonly (readonly (string | null)[])[]>,
  maxRows: number,
): AsyncGenerator<string> {
  // With a byte-order mark spreadsheets read it as UTF-8.
  yield `\uFEFF${csvLine(header)}`
  let cursor: string | null = null
  let written = 0
  do {
    const page: Awaited<ReturnType<typeof read>> = await read(Math.min(ROWS_PER_READ, maxRows - written), cursor)
    written += page.rows.length
    yield (await cells(page.rows)).map(csvLine).join('')
    cursor = page.nextCursor
  } while (cursor !== null && written < maxRows)
  if (cursor === null) return
  const { rows } = await read(1, cursor)
  if (rows.length > 0) yield csvLine([`Stopped at ${maxRows.toLocaleString('en-US')} rows; narrow the search or the time for the rest.`])
}
