'use client'

import { useState } from 'react'
import { plural } from '@/components/ui/format'
import { showToast } from '@/components/ui/toast'
import type { SelectionResponse } from '@/lib/api/contracts/selections'
import type { AlarmRow } from '@/lib/domain/alarm'
import type { Selection } from '@/lib/domain/alarm-unit'
import type { AlarmListFilter } from '@/lib/queries/alarms'
import { adjustSelection, freezeSelection } from '@/lib/queries/selections'

type SeenRow = Pick<AlarmRow, 'id' | 'version'>

/** Rows picked on this page, or a set frozen on the server of which the page marks what it shows. */
type Selected =
  | { readonly kind: 'rows'; readonly rows: ReadonlyMap<string, SeenRow> }
  | { readonly kind: 'frozen'; readonly selection: Selection; readonly ids: ReadonlySet<string>; readonly words: string }

const NOTHING: Selected = { kind: 'rows', rows: new Map() }

const failed = (error: unknown) =>
  showToast({ title: 'Not selected', description: error instanceof Error ? error.message : 'The server did not answer.', tone: 'danger' })

/**
 * The alarms a decision will act on. A set is named by its ids and versions, never by "the current query", so rows that come in
 * do not join it; another filter empties it. @param listKey - what the rows on screen are of.
 */
export function useSelection(listKey: string) {
  const [state, setState] = useState({ listKey, selected: NOTHING })
  const selected = state.listKey === listKey ? state.selected : NOTHING
  const set = (next: Selected) => setState({ listKey, selected: next })
  const has = (id: string) => (selected.kind === 'rows' ? selected.rows.has(id) : selected.ids.has(id))
  const clear = () => set(NOTHING)

  const freeze = async (filter: Omit<AlarmListFilter, 'sort'>, words: string): Promise<SelectionResponse | null> => {
    try {
      const frozen = await freezeSelection({ filter: asBody(filter) })
      set({ kind: 'frozen', selection: frozen.selection, ids: new Set(frozen.alarmIds), words })
      return frozen
    } catch (error) {
      failed(error)
      return null
    }
  }

  /** Freezes rows picked on this page as they are, so that the server can say what they have in common. @returns false when it failed. */
  const freezeRows = async (): Promise<boolean> => {
    if (selected.kind === 'frozen') return true
    try {
      const frozen = await freezeSelection({ alarms: [...selected.rows.values()] })
      set({ kind: 'frozen', selection: frozen.selection, ids: new Set(frozen.alarmIds), words: 'those picked' })
      return true
    } catch (error) {
      failed(error)
      return false
    }
  }

  const adjust = async (change: { add?: readonly SeenRow[]; remove?: readonly string[] }): Promise<void> => {
    if (selected.kind === 'rows') {
      const rows = new Map(selected.rows)
      for (const id of change.remove ?? []) rows.delete(id)
      for (const { id, version } of change.add ?? []) rows.set(id, rows.get(id) ?? { id, version })
      set({ kind: 'rows', rows })
      return
    }
    try {
      const add = change.add?.map(({ id, version }) => ({ id, version })) ?? []
      const { selection, alarmIds } = await adjustSelection(selected.selection.id, { add, remove: change.remove ?? [] })
      set({ ...selected, selection, ids: new Set(alarmIds) })
    } catch (error) {
      failed(error)
    }
  }

  return {
    has,
    clear,
    freeze,
    freezeRows,
    /** Id of the set on the server; null while rows are being picked. */
    frozenId: selected.kind === 'frozen' ? selected.selection.id : null,
    count: selected.kind === 'rows' ? selected.rows.size : selected.selection.count,
    /** "212 alarms of cdn.example" */
    words:
      selected.kind === 'rows'
        ? `${plural(selected.rows.size, 'alarm')} selected`
        : `${plural(selected.selection.count, 'alarm')} selected: ${selected.words}`,
    isFrozen: selected.kind === 'frozen',
    toggle: (row: SeenRow) => void adjust(has(row.id) ? { remove: [row.id] } : { add: [row] }),
    add: (rows: readonly SeenRow[]) => void adjust({ add: rows.filter((row) => !has(row.id)) }),
    drop: (id: string) => {
      if (has(id)) void adjust({ remove: [id] })
    },
    /** What a decision is sent for. */
    subject: selected.kind === 'rows' ? { alarms: [...selected.rows.values()] } : { selectionId: selected.selection.id },
  }
}
export type QueueSelection = ReturnType<typeof useSelection>

const asBody = ({ status, severity, detector, ...rest }: Omit<AlarmListFilter, 'sort'>) => ({
  ...rest,
  ...(status && { status: [...status] }),
  ...(severity && { severity: [...severity] }),
  ...(detector && { detector: [...detector] }),
})
