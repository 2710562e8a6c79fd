import type { InfiniteData, QueryClient, QueryKey } from '@tanstack/react-query'
import type { ListAlarmsResponse } from '@/lib/api/contracts/alarms'
import type { AlarmRow, AlarmStatus } from '@/lib/domain/alarm'
import { type AlarmListFilter, alarmKeys } from './alarms'

type AlarmPages = InfiniteData<ListAlarmsResponse, string | null>

/** Where a row stood in a cached list, so that a rollback or an undo puts it back exactly there. */
export interface Placement {
  readonly queryKey: QueryKey
  readonly row: AlarmRow
  /** Ids of the rows below it, nearest first: it goes back above the first of them that is still there. */
  readonly below: readonly string[]
  /** The status it left with. */
  readonly movedTo: AlarmStatus
}

const filterOf = (queryKey: QueryKey) => queryKey[alarmKeys.lists.length] as AlarmListFilter | undefined

const shows = (queryKey: QueryKey, status: AlarmStatus): boolean => filterOf(queryKey)?.status?.includes(status) ?? true

const cachedLists = (client: QueryClient) =>
  client.getQueriesData<AlarmPages>({ queryKey: alarmKeys.lists }).flatMap(([queryKey, data]) => (data ? [{ queryKey, data }] : []))

const bump = (counts: Readonly<Record<string, number>>, key: string, by: number) => ({
  ...counts,
  [key]: Math.max(0, (counts[key] ?? 0) + by),
})

/** Moves the counters of one list: its status tab always, the rest only when the row entered or left it. */
function moveCounts(page: ListAlarmsResponse, row: AlarmRow, to: AlarmStatus, leaves: number): ListAlarmsResponse {
  const status = bump(bump(page.counts.status, row.status, -1), to, 1)
  const severity = leaves === 0 ? page.counts.severity : bump(page.counts.severity, row.severity, leaves)
  const detector = leaves === 0 ? page.counts.detector : bump(page.counts.detector, row.detector, leaves)
  return { ...page, total: Math.max(0, page.total + leaves), counts: { status, severity, detector } }
}

const mapPages = (data: AlarmPages, rows: (rows: readonly AlarmRow[]) => AlarmRow[]): AlarmPages => ({
  ...data,
  pages: data.pages.map((page) => ({ ...page, rows: rows(page.rows) })),
})

const onFirstPage = (data: AlarmPages, change: (page: ListAlarmsResponse) => ListAlarmsResponse): AlarmPages => ({
  ...data,
  pages: data.pages.map((page, index) => (index === 0 ? change(page) : page)),
})

/** Replaces a row wherever it is cached, without moving it. */
export function patchRow(client: QueryClient, alarmId: string, patch: (row: AlarmRow) => AlarmRow): void {
  for (const { queryKey, data } of cachedLists(client)) {
    client.setQueryData<AlarmPages>(
      queryKey,
      mapPages(data, (rows) => rows.map((row) => (row.id === alarmId ? patch(row) : row))),
    )
  }
}

/**
 * Gives an alarm a new status in every cached list: it leaves the lists whose filter no longer shows it.
 *
 * @returns where it stood, for `putBack`.
 */
export function moveRow(client: QueryClient, alarmId: string, to: AlarmStatus): readonly Placement[] {
  const placements: Placement[] = []
  for (const { queryKey, data } of cachedLists(client)) {
    const flat = data.pages.flatMap((page) => page.rows)
    const index = flat.findIndex((row) => row.id === alarmId)
    const row = flat[index]
    if (row === undefined) continue
    placements.push({ queryKey, row, below: flat.slice(index + 1).map((each) => each.id), movedTo: to })
    const leaves = !shows(queryKey, to)
    const moved = mapPages(data, (rows) =>
      leaves ? rows.filter((each) => each.id !== alarmId) : rows.map((each) => (each.id === alarmId ? { ...each, status: to } : each)),
    )
    client.setQueryData<AlarmPages>(
      queryKey,
      onFirstPage(moved, (page) => moveCounts(page, row, to, leaves ? -1 : 0)),
    )
  }
  return placements
}

function insertAbove(data: AlarmPages, row: AlarmRow, below: readonly string[]): AlarmPages {
  const present = new Set(data.pages.flatMap((page) => page.rows.map((each) => each.id)))
  const nextId = below.find((id) => present.has(id))
  const target = data.pages.findIndex((page) => page.rows.some((each) => each.id === nextId))
  const pageIndex = target === -1 ? data.pages.length - 1 : target
  return {
    ...data,
    pages: data.pages.map((page, index) => {
      if (index !== pageIndex) return page
      const at = page.rows.findIndex((each) => each.id === nextId)
      return { ...page, rows: page.rows.toSpliced(at === -1 ? page.rows.length : at, 0, row) }
    }),
  }
}

/** Puts a moved row back to where it stood. `patch` renews it first, for instance with the version the server answered. */
export function putBack(client: QueryClient, placements: readonly Placement[], patch: Partial<AlarmRow> = {}): void {
  for (const { queryKey, row, below, movedTo } of placements) {
    const data = client.getQueryData<AlarmPages>(queryKey)
    if (data === undefined) continue
    const back = { ...row, ...patch }
    const cached = data.pages.flatMap((page) => page.rows).find((each) => each.id === row.id)
    const restored = cached
      ? mapPages(data, (rows) => rows.map((each) => (each.id === row.id ? back : each)))
      : insertAbove(data, back, below)
    client.setQueryData<AlarmPages>(
      queryKey,
      onFirstPage(restored, (page) => moveCounts(page, cached ?? { ...row, status: movedTo }, back.status, cached ? 0 : 1)),
    )
  }
}
