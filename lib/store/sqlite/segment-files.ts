import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TimeRange } from '@/lib/store/ports'

const DAY_MS = 86_400_000
const NAME = /^events-(\d{4})(\d{2})(\d{2})\.db$/
const WHOLE = 'events-all.db'

/** A file of events and the span of event time it can hold. */
export interface SegmentFile extends TimeRange {
  readonly name: string
  readonly path: string
}

/** Name of the segment an instant belongs to: one a UTC day, or the one file of a store that is not divided. */
export function segmentNameOf(at: number, segmentBy: 'day' | 'none'): string {
  if (segmentBy === 'none') return WHOLE
  return `events-${new Date(at).toISOString().slice(0, 10).replaceAll('-', '')}.db`
}

function toSegmentFile(dir: string, name: string): SegmentFile | null {
  const path = join(dir, name)
  if (name === WHOLE) return { name, path, fromMs: Number.NEGATIVE_INFINITY, toMs: Number.POSITIVE_INFINITY }
  const parts = NAME.exec(name)
  if (parts === null) return null
  const fromMs = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]))
  return { name, path, fromMs, toMs: fromMs + DAY_MS }
}

/** Segments in `dir` that can hold events of the range, oldest first. */
export function listSegmentFiles(dir: string, range: TimeRange): readonly SegmentFile[] {
  if (!existsSync(dir)) return []
  return readdirSync(dir)
    .map((name) => toSegmentFile(dir, name))
    .filter((file): file is SegmentFile => file !== null && file.fromMs < range.toMs && file.toMs > range.fromMs)
    .sort((a, b) => a.fromMs - b.fromMs)
}

export function deleteSegmentFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
}
