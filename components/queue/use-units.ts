'use client'

import { useQueryClient } from '@tanstack/react-query'
import { showToast } from '@/components/ui/toast'
import type { SelectionDecision } from '@/lib/api/contracts/selections'
import { decideSelection, freezeSelection, undoUnit } from '@/lib/queries/selections'
import { leftWords, unitTitle } from './unit-words'

export type UnitSubject =
  | { readonly selectionId: string }
  | { readonly alarms: readonly { readonly id: string; readonly version: number }[] }

const messageOf = (error: unknown) => (error instanceof Error ? error.message : 'The decision was not stored.')

/** Decisions on many alarms and their undo, told in toasts; they outlive the page that started them. */
export function useUnits() {
  const client = useQueryClient()

  const undo = async (unitId: string): Promise<void> => {
    try {
      const { unit } = await undoUnit(client, unitId)
      showToast({ title: unitTitle(unit), description: leftWords(unit.left) })
    } catch (error) {
      showToast({ title: 'Not undone', description: messageOf(error), tone: 'danger' })
    }
  }

  /** @returns false when nothing was stored; the toast says why. */
  const decide = async (subject: UnitSubject, decision: SelectionDecision): Promise<boolean> => {
    try {
      const id = 'selectionId' in subject ? subject.selectionId : (await freezeSelection({ alarms: [...subject.alarms] })).selection.id
      const { unit } = await decideSelection(client, id, decision)
      const action = { label: 'Undo', shortcut: 'z', onAction: () => void undo(unit.id) }
      const mayUndo = decision.kind !== 'note' && unit.changed > 0
      showToast({ title: unitTitle(unit), description: leftWords(unit.left), ...(mayUndo && { action }) })
      return true
    } catch (error) {
      showToast({ title: 'Not stored', description: messageOf(error), tone: 'danger' })
      return false
    }
  }
  return { decide, undo }
}
