'use client'
import { CodeBlock } from '@/components/ui/code-block'
import { Icon } from '@/components/ui/icon'
import type { LogSource } from '@/lib/domain/log-source'
import type { Sender } from '@/lib/domain/senders/senders'
import { useOrigin } from './use-origin'

interface SenderConfigViewProps {
  readonly sender: Sender
  readonly source: Pick<LogSource, 'settings'>
  readonly keyId: string | null
  /** null: it was shown before; a placeholder stands in its place. */
  readonly secret: string | null
}

/** A sender's configuration, ready to paste, and what it needs beside it. */
export function SenderConfigView({ sender, source, keyId, secret }: SenderConfigViewProps) {
  const origin = useOrigin()
  const { address, port, path } = source.settings
  const { parts, notes } = sender.config({ origin, keyId, secret, address, port, path })
  return (
    <div className="flex flex-col gap-3">
      {parts.map(({ title, code }) => (
        <section key={title} className="flex flex-col gap-1" aria-label={title}>
          <h3 className="m-0 font-medium text-sm">{title}</h3>
          <CodeBlock code={code} label={`Copy ${title}`} />
        </section>
      ))}
      <ul className="m-0 flex list-none flex-col gap-1 p-0 text-muted text-sm">
        {notes.map((note) => (
          <li key={note} className="flex items-start gap-2">
            <Icon name="info" size={14} className="mt-[3px] shrink-0 text-faint" />
            <span>{note}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}
