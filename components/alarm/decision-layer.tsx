'use client'

import type { Role } from '@/lib/domain/permission'
import { ConflictDialog } from './conflict-dialog'
import { DecisionSheet } from './decision-sheet'
import { KeysHelp } from './keys-help'
import type { Triage } from './use-triage'

interface DecisionLayerProps {
  readonly triage: Triage
  readonly role: Role
  readonly detectorTitle: (id: string) => string
  readonly on: 'queue' | 'alarm'
  /** Which steps of the guide nobody answered, in one line. */
  readonly openSteps?: string | null
}

/** What floats over the queue and the alarm page: the sheet, the conflict, the list of keys. Loaded after the rows. */
export function DecisionLayer({ triage, role, detectorTitle, on, openSteps = null }: DecisionLayerProps) {
  return (
    <>
      <DecisionSheet triage={triage} role={role} detectorTitle={detectorTitle} openSteps={openSteps} />
      <ConflictDialog triage={triage} />
      <KeysHelp open={triage.sheet.kind === 'keys'} onClose={triage.dismiss} on={on} />
    </>
  )
}
