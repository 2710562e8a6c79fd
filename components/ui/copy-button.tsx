'use client'
import { useState } from 'react'
import { Button, IconButton } from './button'

interface CopyButtonProps {
  /** Already made inert by the caller where it comes from a log. */
  readonly text: string
  /** What is copied: "Copy domain". */
  readonly label: string
  readonly showLabel?: boolean
}

/** Copies text and says so, in its own name and to screen readers. */
export function CopyButton({ text, label, showLabel = false }: CopyButtonProps) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle')
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setState('copied')
    } catch {
      setState('failed')
    }
    setTimeout(() => setState('idle'), 2_000)
  }
  const name = state === 'copied' ? 'Copied' : state === 'failed' ? 'Copying was refused by the browser' : label
  const icon = state === 'copied' ? 'check' : state === 'failed' ? 'error' : 'copy'
  return (
    <>
      {showLabel ? (
        <Button size="sm" icon={icon} onClick={copy}>
          {name}
        </Button>
      ) : (
        <IconButton size="sm" icon={icon} label={name} onClick={copy} />
      )}
      <span role="status" className="sr-only">
        {state === 'idle' ? '' : name}
      </span>
    </>
  )
}
