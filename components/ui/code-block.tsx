'use client'
import { CopyButton } from './copy-button'

/** A command or payload to copy. Long lines wrap. */
export function CodeBlock({ code, label }: { readonly code: string; readonly label: string }) {
  return (
    <div className="flex items-start gap-1 rounded-md border border-line bg-sunken/70 py-1 pr-1 pl-3">
      <pre className="m-0 min-w-0 flex-1 whitespace-pre-wrap wrap-anywhere py-1 text-sm leading-5">
        <code>{code}</code>
      </pre>
      <CopyButton text={code} label={label} />
    </div>
  )
}
