'use client'
import { Badge } from '@/components/ui/badge'
import { Icon } from '@/components/ui/icon'
import { inertText } from '@/components/ui/inert-text'
import { lookingWords, useLookers, usePresence } from './presence'

/** On the page of an alarm or escalation: who else has it open. Tells the others that this person has. */
export function LookingNow({ subject }: { readonly subject: string }) {
  usePresence(subject)
  return (
    <span role="status" data-print="hide">
      <LookersMark subject={subject} />
    </span>
  )
}

/** A mark in a row: who has it open at the moment. Nothing while nobody has. */
export function LookersMark({ subject }: { readonly subject: string }) {
  const names = useLookers(subject).map(({ name }) => inertText(name))
  const words = lookingWords(names)
  if (words === null) return null
  return (
    <Badge tone="accent" className="max-w-56 overflow-hidden">
      <Icon name="eye" size={12} />
      <span className="truncate">{words}</span>
    </Badge>
  )
}
