'use client'
import { QueryClientContext, useQuery } from '@tanstack/react-query'
import { useContext } from 'react'
import { cx } from '@/components/ui/cx'
import { inertText } from '@/components/ui/inert-text'
import { formatInstant } from '@/components/ui/time-format'
import { type SourceNameAnswer, sourceNameOptions } from '@/lib/queries/source-names'
import { ORIGIN_WORDS } from './origin-words'

interface SourceNameProps {
  /** Address or name of a source, as an alarm or an event has it; null for all of them. */
  readonly source: string | null
  /** The instant the name is asked for, epoch ms; null for now. */
  readonly at: number | null
  /** What stands there already: a name that only repeats it is left out. */
  readonly beside?: readonly (string | null)[]
  readonly className?: string
}

/**
 * The name a source had at an instant, for beside its address, never instead of it; nothing while none is known. It is
 * inline text: where it appears late, the line it is in must have room or cut it.
 */
export function SourceName(props: SourceNameProps) {
  // A part of a page that is drawn without queries, as in a test, has addresses alone.
  return useContext(QueryClientContext) === undefined ? null : <Asked {...props} />
}

function Asked({ source, at, beside = [], className }: SourceNameProps) {
  const { data } = useQuery(sourceNameOptions(source ?? '', at))
  if (!data || beside.some((text) => repeats(text, data.name)) || repeats(source, data.name)) return null
  const safe = inertText(data.name)
  return (
    <bdi data-source-name title={`${safe}\n${whence(data)}`} className={cx('font-normal text-muted', className)}>
      {safe.length > MAX_SHOWN ? `${safe.slice(0, MAX_SHOWN)}…` : safe}
    </bdi>
  )
}

const MAX_SHOWN = 80

/** `WS-12` beside `ws-12.corp.example` is the same host. */
function repeats(text: string | null, name: string): boolean {
  if (text === null) return false
  const [shown, found] = [text.toLowerCase(), name.toLowerCase()]
  return shown === found || shown.startsWith(`${found}.`)
}

function whence({ origin, firstSeenAt, lastSeenAt }: SourceNameAnswer): string {
  const words = ORIGIN_WORDS[origin]
  if (firstSeenAt === null || lastSeenAt === null) return words
  return `${words}, ${formatInstant(firstSeenAt, 'UTC', 'minute')} to ${formatInstant(lastSeenAt, 'UTC', 'minute')}`
}
