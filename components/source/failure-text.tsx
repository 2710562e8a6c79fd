import { inertText } from '@/components/ui/inert-text'

/** What was tried and the first line seen. It quotes the file, so it is drawn as text with its line breaks and nothing else. */
export function FailureText({ detail, requestId = null }: { readonly detail: string; readonly requestId?: string | null }) {
  return (
    <>
      <pre className="inert m-0 max-h-64 overflow-auto whitespace-pre-wrap text-sm">{inertText(detail, true)}</pre>
      {requestId === null ? null : (
        <p className="m-0 mt-1 text-faint text-xs">
          Request <code>{requestId}</code>
        </p>
      )}
    </>
  )
}
