'use client'
import { plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { RadioGroup } from '@/components/ui/radio-group'
import type { SelectionMatchesResponse } from '@/lib/api/contracts/selections'

/** Stands for "a new one"; no escalation is called that. */
export const NEW_ESCALATION = '*'
const BECAUSE = { 'same-zone': 'same domain', 'same-host': 'same host', 'same-user': 'same user' } as const

interface MatchChoiceProps {
  readonly matches: SelectionMatchesResponse['matches']
  readonly value: string
  readonly onChange: (value: string) => void
}

/** A new escalation, or an open one that shares something. */
export function MatchChoice({ matches, value, onChange }: MatchChoiceProps) {
  return (
    <RadioGroup
      label="Goes into"
      value={value}
      onValueChange={onChange}
      options={[
        ...matches.map(({ escalation, alarms, because }) => ({
          value: escalation.id,
          label: (
            <>
              {escalation.id} <InertText text={escalation.title} limit={80} className="wrap-anywhere" />
            </>
          ),
          description: `${because.map((reason) => BECAUSE[reason]).join(', ')} · ${plural(alarms, 'alarm')}`,
        })),
        { value: NEW_ESCALATION, label: 'A new escalation' },
      ]}
    />
  )
}
