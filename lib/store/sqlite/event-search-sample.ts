import type Database from 'better-sqlite3'
import type { SampledLookup, TimeRange } from '@/lib/store/ports'
import type { Cell, Row } from './event-row'
import { openSegment, type Pace } from './event-search-walk'
import { COUNTED_COLUMNS, fromCountedRow, IS_COUNTED } from './lookup-row'
import { listSegmentFiles, type SegmentFile } from './segment-files'

/** Rows read before other work of the thread gets its turn: about 5 ms. */
const SLICE_ROWS = 4_000

type Select = Database.Statement<Cell[], Row>

/** Shows the counted lookups of the spans in the given order, whole spans as long as there is time, at least one. */
export async function sampleSpans(
  pace: Pace,
  spans: readonly TimeRange[],
  visit: (lookup: SampledLookup, span: number) => void,
): Promise<number> {
  const end = pace.clock() + pace.budgetMs
  const segments = new OpenSegments(pace.dir, spans)
  try {
    for (const [index, span] of spans.entries()) {
      if (index > 0 && pace.clock() >= end) return index
      for (const select of segments.of(span)) await readSpan(select, pace, span, (lookup) => visit(lookup, index))
    }
    return spans.length
  } finally {
    segments.close()
  }
}

async function readSpan(select: Select, pace: Pace, span: TimeRange, visit: (lookup: SampledLookup) => void): Promise<void> {
  let at = span.fromMs
  let id = -Number.MAX_SAFE_INTEGER
  for (;;) {
    const rows = select.all(at, id, span.toMs, SLICE_ROWS)
    for (const row of rows) {
      const lookup = fromCountedRow(row)
      visit(lookup)
      at = lookup.at
      id = lookup.id
    }
    if (rows.length < SLICE_ROWS) return
    await pace.pause()
  }
}

/** Spans jump back and forth between days, so the days stay open. */
class OpenSegments {
  private readonly open = new Map<string, { readonly db: Database.Database; readonly select: Select } | null>()

  private readonly files: readonly SegmentFile[]

  constructor(dir: string, spans: readonly TimeRange[]) {
    const fromMs = spans.reduce((low, span) => Math.min(low, span.fromMs), Number.POSITIVE_INFINITY)
    const toMs = spans.reduce((high, span) => Math.max(high, span.toMs), Number.NEGATIVE_INFINITY)
    this.files = listSegmentFiles(dir, { fromMs, toMs })
  }

  of(span: TimeRange): readonly Select[] {
    const files = this.files.filter((file) => file.fromMs < span.toMs && file.toMs > span.fromMs)
    return files.flatMap((file) => {
      const known = this.open.get(file.path)
      if (known !== undefined) return known === null ? [] : [known.select]
      const db = openSegment(file)
      const opened =
        db === null
          ? null
          : {
              db,
              select: db
                .prepare<Cell[], Row>(
                  `SELECT ${COUNTED_COLUMNS} FROM dns_event WHERE (at, id) > (?, ?) AND at < ? AND ${IS_COUNTED} ORDER BY at, id LIMIT ?`,
                )
                .raw(true),
            }
      this.open.set(file.path, opened)
      return opened === null ? [] : [opened.select]
    })
  }

  close(): void {
    for (const opened of this.open.values()) opened?.db.close()
  }
}
