import { escapeCharacter, inertText } from '@/lib/domain/inert-text'

export { escapeCharacter, inertText }

interface InertTextProps {
  readonly text: string
  /** Characters shown; the rest is counted, and the whole is in the title. */
  readonly limit?: number
  readonly className?: string
}

/** A value that came from a log or from another person: never markup, never a link, its direction does not leak. */
export function InertText({ text, limit, className }: InertTextProps) {
  const safe = inertText(text)
  const cut = limit !== undefined && safe.length > limit
  return (
    <bdi className={className} title={cut ? safe : undefined}>
      {cut ? `${safe.slice(0, limit)}…` : safe}
    </bdi>
  )
}
