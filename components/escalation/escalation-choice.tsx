'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { suggestionsOptions } from '@/lib/queries/escalations'
import { MatchChoice, NEW_ESCALATION } from './match-choice'

/**
 * Which escalation an alarm goes into. Nothing is sent while the suggestions are not there yet: the server then takes the
 * one that would have been preselected, so that two quick keys do what two slow ones do.
 */
export function useEscalationChoice(alarmId: string) {
  const { data } = useQuery(suggestionsOptions(alarmId))
  const [own, setOwn] = useState<string | null>(null)
  const matches = data?.matches ?? []
  const value = own ?? matches[0]?.escalation.id ?? NEW_ESCALATION
  const picked = data === undefined ? {} : { escalationId: value === NEW_ESCALATION ? null : value }
  return { matches, value, setValue: setOwn, picked, ready: data !== undefined }
}

/** A new escalation, or an open one that shares the domain, host or user; the best match is preselected. */
export function EscalationChoice({ choice }: { readonly choice: ReturnType<typeof useEscalationChoice> }) {
  const { matches, value, setValue, ready } = choice
  if (!ready || matches.length === 0) {
    return (
      <p className="m-0 text-muted text-sm" role="status">
        {ready ? 'It opens a new escalation with the steps of its guide.' : 'Looking for an open escalation it belongs to …'}
      </p>
    )
  }
  return <MatchChoice matches={matches} value={value} onChange={setValue} />
}
