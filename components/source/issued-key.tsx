'use client'
import { CopyButton } from '@/components/ui/copy-button'
import { Notice } from '@/components/ui/notice'
import type { IssuedIntakeKey } from '@/lib/api/contracts/log-sources'

/** A fresh key, for the only time. */
export function IssuedKey({ issued: { key, secret } }: { readonly issued: IssuedIntakeKey }) {
  const pair = `${key.id}:${secret}`
  return (
    <Notice tone="warn">
      <p className="m-0 font-medium">Copy the key now: it is not shown again.</p>
      <dl className="m-0 mt-2 grid grid-cols-[auto_minmax(0,1fr)_auto] items-center gap-x-3 gap-y-1">
        <Line label="Key" text={secret} copy="Copy the key" />
        <Line label="ID" text={key.id} copy="Copy the ID" />
        <Line label="Encoded" text={btoa(pair)} copy="Copy the encoded key" />
      </dl>
      <p className="m-0 mt-2 text-muted text-xs">
        “Encoded” is what clients send after <code>Authorization: ApiKey</code>. The key lets its holder deliver to this one source, and
        nothing else.
      </p>
    </Notice>
  )
}

function Line({ label, text, copy }: { readonly label: string; readonly text: string; readonly copy: string }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="wrap-anywhere m-0 font-mono text-xs" data-testid={label === 'Key' ? 'secret' : undefined}>
        {text}
      </dd>
      <dd className="m-0">
        <CopyButton text={text} label={copy} />
      </dd>
    </>
  )
}
