'use client'

import { RadioGroup } from '@/components/ui/radio-group'
import type { BenignFamily, CloseReason } from '@/lib/domain/alarm'
import { FAMILIES, mayIgnore, REASONS } from './outcomes'

const toOptions = <Value extends string>(outcomes: readonly { value: Value; label: string; meaning: string; key: string }[]) =>
  outcomes.map(({ value, label, meaning, key }) => ({ value, label, description: meaning, shortcut: key }))

interface ReasonChoiceProps {
  readonly reason: CloseReason | null
  readonly family: BenignFamily | null
  readonly onReason: (reason: CloseReason) => void
  readonly onFamily: (family: BenignFamily) => void
  /** Only the reasons that an allowlist entry goes with. */
  readonly ignorableOnly?: boolean
  /** The facts speak for a family, which is preselected. */
  readonly suggested?: boolean
}

/** Why alarms are closed: the same list for one alarm and for many. */
export function ReasonChoice({ reason, family, onReason, onFamily, ignorableOnly = false, suggested = false }: ReasonChoiceProps) {
  return (
    <>
      <RadioGroup
        label="Reason"
        value={reason}
        onValueChange={onReason}
        options={toOptions(ignorableOnly ? REASONS.filter(({ value }) => mayIgnore(value)) : REASONS)}
      />
      {reason === 'benign-positive' && (
        <RadioGroup
          label={suggested ? 'Which kind of service (preselected: what the facts speak for)' : 'Which kind of service'}
          value={family}
          onValueChange={onFamily}
          options={toOptions(FAMILIES)}
        />
      )}
    </>
  )
}
