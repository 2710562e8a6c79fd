'use client'

import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useUnits } from '@/components/queue/use-units'
import { useOutbox } from '@/components/shell/use-outbox'
import { showToast } from '@/components/ui/toast'
import type { AllowlistDraft } from '@/lib/api/contracts/alarms'
import type { AlarmRow } from '@/lib/domain/alarm'
import { can, type Role } from '@/lib/domain/permission'
import { type AlarmConflict, conflictOf } from '@/lib/queries/alarm-conflict'
import { type DecideInput, type Decision, decidedStack, mayWait, useDecideAlarm } from '@/lib/queries/alarm-decisions'
import { decidedUnits } from '@/lib/queries/selections'
import { ALLOW_SHEET, CLOSE_SHEET, NO_SHEET, type SheetState, sheetKey } from './decision-keys'
import { outcomeLabel } from './outcomes'
import { type MaybeDescribed, withSuggestion } from './suggested-family'

/** The part of an alarm that a decision needs; a queue row and a full alarm both have it. */
export type TriageAlarm = Pick<
  AlarmRow,
  | 'id'
  | 'version'
  | 'status'
  | 'zone'
  | 'source'
  | 'hostName'
  | 'detector'
  | 'severity'
  | 'summary'
  | 'queries'
  | 'distinctNames'
  | 'lastSeenAt'
> &
  MaybeDescribed

/** What was typed into a sheet; kept until the server has it, so that a failed request loses no word. */
export interface SheetDraft {
  readonly note: string
  readonly allowlist: AllowlistDraft | null
}
export const EMPTY_DRAFT: SheetDraft = { note: '', allowlist: null }

interface TriageOptions {
  readonly role: Role
  /** The alarm the keys act on. */
  readonly current: TriageAlarm | null
  /** Called before the row leaves the list, so that the cursor can move on. */
  readonly onDecide?: (alarmId: string) => void
  readonly onRestored?: (alarmId: string) => void
}

const wordsOf = (decision: Decision, hidden: number, detail: string | null): string => {
  switch (decision.kind) {
    case 'close':
      return `Closed as ${outcomeLabel(decision.reason, decision.family ?? null)}${hidden > 0 ? ` · ${hidden} more hidden` : ''}`
    case 'escalate':
      return detail === null ? 'Escalated' : `Escalated ${detail}`
    case 'reopen':
      return 'Reopened'
    case 'undo':
      return 'Undone'
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'The decision was not stored.')

/** Sheet, keys, decisions, undo and conflicts of one page; the queue and the alarm page share it. */
export function useTriage({ role, current, onDecide, onRestored }: TriageOptions) {
  const client = useQueryClient()
  const mutation = useDecideAlarm()
  const units = useUnits()
  const outbox = useOutbox()
  const [sheet, setSheet] = useState<SheetState>(NO_SHEET)
  const [target, setTarget] = useState<TriageAlarm | null>(null)
  const [draft, setDraft] = useState<SheetDraft>(EMPTY_DRAFT)
  const [conflict, setConflict] = useState<{ readonly conflict: AlarmConflict; readonly mine: DecideInput } | null>(null)
  const mayDecide = can(role, 'alarm:decide')
  /** Puts away the toast of a decision that has been taken back. */
  const toasts = useRef(new Map<string, () => void>())

  const open = (state: SheetState, alarm: TriageAlarm | null = current) => {
    if (state.kind !== 'keys' && (alarm === null || !mayDecide)) return
    if (alarm?.id !== target?.id) setDraft(EMPTY_DRAFT)
    setTarget(alarm)
    setSheet(state)
  }
  const dismiss = () => setSheet(NO_SHEET)

  async function run(input: DecideInput, shown: SheetState): Promise<boolean> {
    if (input.decision.kind !== 'undo') onDecide?.(input.alarm.id)
    try {
      const { hiddenAlarms, event } = await mutation.mutateAsync(input)
      outbox.remove(input.alarm.id)
      setDraft(EMPTY_DRAFT)
      const title = wordsOf(input.decision, hiddenAlarms, event.detail)
      const description = input.alarm.id
      if (input.decision.kind === 'undo') {
        toasts.current.get(input.decision.eventId)?.()
        showToast({ title, description })
      } else {
        const action = { label: 'Undo', shortcut: 'z', onAction: () => void undo(event.id) }
        toasts.current.set(event.id, showToast({ title, description, action }))
      }
      return true
    } catch (error) {
      const clash = conflictOf(error)
      if (clash) setConflict({ conflict: clash, mine: input })
      else if (mayWait(error, input.decision) && outbox.add({ at: Date.now(), about: aboutOf(input.alarm.id), input })) {
        setDraft(EMPTY_DRAFT)
        showToast({
          title: 'Waiting to be sent',
          description: `${input.alarm.id}: it goes out when the server is back.`,
        })
      } else {
        showToast({ title: 'Not stored', description: messageOf(error), tone: 'danger' })
        setSheet(shown)
      }
      return false
    }
  }

  const aboutOf = (alarmId: string): string => {
    const alarm = [target, current].find((each) => each?.id === alarmId)
    return alarm?.zone ?? alarm?.hostName ?? alarm?.source ?? ''
  }

  const decide = (decision: Decision, alarm: TriageAlarm | null = target ?? current) => {
    if (alarm === null || !mayDecide) return
    const shown = sheet
    dismiss()
    void run({ alarm, decision }, shown)
  }

  /** Takes back the given decision, else the last one. */
  async function undo(eventId?: string): Promise<void> {
    const decided = decidedStack(client)
    const lastUnit = decidedUnits(client).at(-1)
    if (eventId === undefined && lastUnit && lastUnit.at >= (decided.at(-1)?.at ?? 0)) return units.undo(lastUnit.id)
    const last = eventId === undefined ? decided.at(-1) : decided.find((each) => each.eventId === eventId)
    if (last === undefined) {
      showToast({ title: 'Nothing to undo', description: 'Earlier decisions can be reopened from an alarm’s history.' })
      return
    }
    const alarm = { id: last.alarmId, version: last.version, status: last.before }
    const undone = await run({ alarm, decision: { kind: 'undo', eventId: last.eventId, backTo: last.before } }, NO_SHEET)
    if (undone) onRestored?.(last.alarmId)
  }

  async function insist(): Promise<void> {
    if (conflict === null) return
    const { conflict: clash, mine } = conflict
    setConflict(null)
    let { alarm } = clash
    if (alarm.status === 'closed' && mine.decision.kind !== 'reopen') {
      const reopened = await mutation.mutateAsync({ alarm, decision: { kind: 'reopen', note: null } }).catch(() => null)
      if (reopened === null) return void showToast({ title: 'Not reopened', description: 'Someone changed it again.', tone: 'danger' })
      alarm = reopened.alarm
    }
    await run({ alarm, decision: mine.decision }, NO_SHEET)
  }

  function pressInSheet(key: string, owned: boolean): boolean {
    const effect = sheetKey(sheet, key)
    if (effect.do === 'nothing') return false
    if (effect.do === 'show') setSheet(withSuggestion(effect.state, target))
    else if (effect.do === 'close') {
      decide({ kind: 'close', reason: effect.reason, family: effect.family, note: draft.note.trim() || null, allowlist: null })
    } else if (owned) return false
    else decide({ kind: 'escalate', note: draft.note.trim() || null })
    return true
  }

  /** @returns true when the key was a decision's. */
  function press(key: string, owned: boolean): boolean {
    if (conflict !== null) return false
    if (sheet.kind !== 'none') return pressInSheet(key, owned)
    const sheets: Readonly<Record<string, SheetState>> = {
      e: CLOSE_SHEET,
      f: ALLOW_SHEET,
      s: { kind: 'escalate' },
      n: { kind: 'note' },
      '?': { kind: 'keys' },
    }
    const next = sheets[key]
    if (next) open(next)
    else if (key === 'z' && mayDecide) void undo()
    else return false
    return true
  }

  return {
    mayDecide,
    sheet,
    target,
    draft,
    conflict,
    pending: mutation.isPending,
    open,
    show: setSheet,
    setDraft,
    dismiss,
    decide,
    undo,
    insist,
    keepTheirs: () => setConflict(null),
    press,
  }
}
export type Triage = ReturnType<typeof useTriage>
