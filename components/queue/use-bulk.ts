'use client'

import { useRef, useState } from 'react'
import { type SheetState, sheetKey } from '@/components/alarm/decision-keys'
import { useCurrentUser } from '@/components/shell/current-user'
import { showToast } from '@/components/ui/toast'
import type { SelectionDecision } from '@/lib/api/contracts/selections'
import type { AlarmRow } from '@/lib/domain/alarm'
import { can } from '@/lib/domain/permission'
import type { AlarmListFilter } from '@/lib/queries/alarms'
import { useSelection } from './use-selection'
import { type UnitSubject, useUnits } from './use-units'

/** More than these are never stored by a single key. */
const CONFIRM_ABOVE = 500
/** How long `*` waits for its letter. */
const PREFIX_MS = 2_000

export type BulkSheet = 'none' | 'close' | 'escalate' | 'allow' | 'note' | 'assign'

interface BulkOptions {
  readonly filter: AlarmListFilter
  readonly rows: readonly AlarmRow[]
  readonly active: AlarmRow | null
  readonly moveBy: (rowsDown: number) => void
}

type ClosePart = Extract<SheetState, { kind: 'close' }>
const NO_REASON: ClosePart = { kind: 'close', reason: null, family: null, allowlist: false }
const IGNORABLE: ClosePart = { kind: 'close', reason: 'false-positive', family: null, allowlist: true }

/** Selection, its keys and its sheets; with nothing selected, an owner is given to the row under the cursor. */
export function useBulk({ filter, rows, active, moveBy }: BulkOptions) {
  const { role, userId } = useCurrentUser()
  const selection = useSelection(JSON.stringify(filter))
  const units = useUnits()
  const [sheet, setSheet] = useState<BulkSheet>('none')
  const [choice, setChoice] = useState<ClosePart>(NO_REASON)
  const [note, setNote] = useState('')
  const [pending, setPending] = useState(false)
  const prefixAt = useRef(0)
  const mayDecide = can(role, 'alarm:decide')
  const { sort: _sort, ...matching } = filter

  const open = (next: BulkSheet) => {
    if (!mayDecide || (selection.count === 0 && (next !== 'assign' || active === null))) return
    if (next === 'escalate' || next === 'allow') void selection.freezeRows().then((isFrozen) => isFrozen && show(next))
    else show(next)
  }
  /** Opens a sheet on what has just been frozen. */
  const show = (next: BulkSheet) => {
    setChoice(next === 'allow' ? IGNORABLE : NO_REASON)
    setSheet(next)
  }
  const run = async (decision: SelectionDecision): Promise<void> => {
    const subject = selection.count > 0 ? selection.subject : active && { alarms: [{ id: active.id, version: active.version }] }
    if (subject !== null) await decide(subject, decision)
  }
  const decide = async (subject: UnitSubject, decision: SelectionDecision): Promise<void> => {
    if (!mayDecide || pending) return
    const shown = sheet
    setSheet('none')
    setPending(true)
    const stored = await units.decide(subject, decision)
    setPending(false)
    if (!stored) return setSheet(shown)
    setNote('')
    // A note or an owner leaves the rows where they are, and the next decision is often on the same ones.
    selection.clear()
  }
  const close = ({ reason, family }: ClosePart) => {
    if (reason !== null) void run({ kind: 'close', reason, family, note: note.trim() || null })
  }
  const take = () => void run({ kind: 'assign', ownerId: userId })
  const selectAllMatching = () => void selection.freeze(matching, 'all that match')

  function pressPrefixed(key: string): void {
    if (key === 'a') selection.add(rows)
    else if (key === 'n') selection.clear()
    else if (key === 'd' && active?.zone) void selection.freeze({ ...matching, zone: active.zone }, active.zone)
    else if (key === 'h' && active?.hostId) void selection.freeze({ ...matching, hostId: active.hostId }, active.hostName ?? active.hostId)
    else if (key === 'h' && active?.source) void selection.freeze({ ...matching, source: active.source }, active.source)
    else if (key === 'd' || key === 'h') showToast({ title: key === 'd' ? 'This alarm names no domain' : 'This alarm names no host' })
  }

  function pressInSheet(key: string): boolean {
    if (sheet !== 'close' && sheet !== 'allow') return false
    const effect = sheetKey(choice, key)
    if (effect.do === 'show' && effect.state.kind === 'close') setChoice(effect.state)
    else if (effect.do === 'close') {
      const next = { ...NO_REASON, reason: effect.reason, family: effect.family }
      setChoice(next)
      if (selection.count <= CONFIRM_ABOVE) close(next)
    } else return false
    return true
  }

  /** @returns true when the key was the selection's. */
  function press(key: string, owned: boolean, shift: boolean): boolean {
    if (sheet !== 'none') return pressInSheet(key)
    if (Date.now() - prefixAt.current < PREFIX_MS) {
      prefixAt.current = 0
      if ('andh'.includes(key)) {
        pressPrefixed(key)
        return true
      }
    }
    if (key === '*' && mayDecide) prefixAt.current = Date.now()
    else if (key === 'x' && active && mayDecide) selection.toggle(active)
    else if (shift && (key === 'ArrowDown' || key === 'ArrowUp') && active && mayDecide) {
      const step = key === 'ArrowDown' ? 1 : -1
      const next = rows[rows.findIndex((row) => row.id === active.id) + step]
      selection.add(next ? [active, next] : [active])
      moveBy(step)
    } else if (key === 'm' && mayDecide) take()
    else if (key === 'a' && mayDecide) open('assign')
    else if (selection.count > 0 && key === 'e') open('close')
    else if (selection.count > 0 && key === 'n') open('note')
    else if (selection.count > 0 && key === 'Escape' && !owned) selection.clear()
    else if (selection.count > 0 && key === 's') open('escalate')
    else if (selection.count > 0 && key === 'f') open('allow')
    else return false
    return true
  }

  const dismiss = () => setSheet('none')
  return {
    selection,
    sheet,
    choice,
    setChoice,
    note,
    setNote,
    pending,
    open,
    show,
    decide,
    dismiss,
    run,
    close,
    take,
    selectAllMatching,
    press,
    mayDecide,
  }
}
export type Bulk = ReturnType<typeof useBulk>
