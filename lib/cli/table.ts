import { csvLine } from '@/lib/domain/csv'

export const TABLE_FORMATS = ['csv', 'ndjson'] as const
export type TableFormat = (typeof TABLE_FORMATS)[number]

export type Cell = string | number | null

/** How rows of one kind stand in a spreadsheet; as NDJSON they are written whole. */
export interface Table<Row> {
  readonly columns: readonly string[]
  /** As many as there are columns. */
  cells(row: Row): readonly Cell[]
}

/** A table by what each column shows of a row. */
export function tableOf<Row>(columns: Readonly<Record<string, (row: Row) => Cell>>): Table<Row> {
  const shown = Object.values(columns)
  return { columns: Object.keys(columns), cells: (row) => shown.map((show) => show(row)) }
}

/** Epoch ms as ISO 8601 in UTC. */
export const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

const PIECE_CHARS = 64 * 1024

/** Writes rows as they come, a piece at a time and no faster than the reader takes them. */
export async function writeTable<Row>(
  table: Table<Row>,
  rows: Iterable<Row>,
  { as, out }: { readonly as: TableFormat; readonly out: (text: string) => Promise<void> },
): Promise<void> {
  let piece = as === 'csv' ? csvLine(table.columns) : ''
  for (const row of rows) {
    piece += as === 'csv' ? csvLine(table.cells(row)) : `${JSON.stringify(row)}\n`
    if (piece.length < PIECE_CHARS) continue
    await out(piece)
    piece = ''
  }
  if (piece !== '') await out(piece)
}
