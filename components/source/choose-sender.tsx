'use client'
import { useState } from 'react'
import { Icon } from '@/components/ui/icon'
import { TextField } from '@/components/ui/text-field'
import { SENDER_GROUPS, SENDERS, type Sender } from '@/lib/domain/senders/senders'
import { KIND_WORDS } from './log-source-state'

/** Every word of the text occurs in the sender's name, kind or what it brings. */
export function matchingSenders(text: string): readonly Sender[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return SENDERS.filter(({ name, brings, kind, group }) => {
    const all = `${name} ${brings} ${KIND_WORDS[kind]} ${group}`.toLowerCase()
    return words.every((word) => all.includes(word))
  })
}

/** First step: what will send. */
export function ChooseSender({ onChoose }: { readonly onChoose: (sender: Sender) => void }) {
  const [text, setText] = useState('')
  const shown = matchingSenders(text)
  return (
    <div className="flex flex-col gap-4">
      <TextField
        label="Find a sender"
        hideLabel
        type="search"
        placeholder="BIND, Winlogbeat, syslog …"
        value={text}
        onValueChange={setText}
      />
      {shown.length === 0 ? (
        <p className="m-0 text-muted text-sm">
          Nothing here has that name. What speaks syslog, writes a file or posts to Elasticsearch can send all the same.
        </p>
      ) : null}
      {SENDER_GROUPS.map((group) => {
        const senders = shown.filter((sender) => sender.group === group)
        return senders.length === 0 ? null : (
          <section key={group} aria-label={group}>
            <h3 className="eyebrow m-0 mb-1">{group}</h3>
            <ul className="m-0 grid list-none grid-cols-1 gap-x-2 p-0 sm:grid-cols-2">
              {senders.map((sender) => (
                <li key={sender.id}>
                  <button
                    type="button"
                    onClick={() => onChoose(sender)}
                    className="flex min-h-11 w-full items-center gap-2 rounded-md border border-transparent bg-transparent px-2 py-1 text-left text-ink hover:border-line hover:bg-hover"
                  >
                    <span className="min-w-0 flex-1">
                      <span className="block font-medium text-base">{sender.name}</span>
                      <span className="block text-muted text-xs">{sender.brings}</span>
                    </span>
                    <Icon name="chevron-right" size={14} className="shrink-0 text-faint" />
                  </button>
                </li>
              ))}
            </ul>
          </section>
        )
      })}
    </div>
  )
}
