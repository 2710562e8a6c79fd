'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { formatCount } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import type { Decoding } from '@/lib/domain/evidence'
import { Panel } from './panel'

/** What the names carry, as far as they can be read; the decoded text may be private, so it is shown on demand only. */
export function DecodingPanel({ decoding }: { readonly decoding: Decoding }) {
  const [isShown, setShown] = useState(false)
  return (
    <Panel
      id="decoding"
      title="What the names carry"
      description="Decoded here, from the sampled names. Nothing was executed or sent anywhere."
      actions={
        decoding.preview === null ? null : (
          <Button size="sm" variant="secondary" aria-expanded={isShown} aria-controls="decoded-text" onClick={() => setShown(!isShown)}>
            {isShown ? 'Hide decoded text' : 'Show decoded text'}
          </Button>
        )
      }
    >
      <dl className="m-0 flex flex-wrap gap-x-8 gap-y-2 text-sm">
        <Fact label="Encoding" text={encodingText(decoding)} />
        {decoding.bytes > 0 && (
          <Fact label="Decoded" text={`${formatCount(decoding.bytes)} bytes from ${formatCount(decoding.names)} names`} />
        )}
        {decoding.magic !== null && <Fact label="Begins as" text={decoding.magic} />}
      </dl>
      {decoding.refusal !== null && (
        <p className="m-0 mt-3 text-muted text-sm">
          <InertText text={decoding.refusal} />
        </p>
      )}
      {decoding.preview !== null && (
        <pre
          id="decoded-text"
          hidden={!isShown}
          className="wrap-anywhere mt-3 mb-0 whitespace-pre-wrap rounded-md border border-line bg-surface p-3 font-mono text-xs"
        >
          <InertText text={decoding.preview} />
        </pre>
      )}
    </Panel>
  )
}

/** A confidence of 1 would claim more than an alphabet test can. */
function encodingText({ encoding, confidence, characters }: Decoding): string {
  if (encoding === null) return 'none recognised'
  const percent = Math.min(99.9, confidence * 100)
  return `${encoding}, ${percent >= 99 ? percent.toFixed(1) : percent.toFixed(0)} % sure from ${formatCount(characters)} characters`
}

function Fact({ label, text }: { readonly label: string; readonly text: string }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-xs">{label}</dt>
      <dd className="wrap-anywhere m-0">
        <InertText text={text} />
      </dd>
    </div>
  )
}
