import { inertText } from '@/components/ui/inert-text'

const TRIED = 'Looked for '

/** What was tried and the first line seen. It quotes the file, so it is drawn as text and nothing else. */
export function FailureText({ detail, requestId = null }: { readonly detail: string; readonly requestId?: string | null }) {
  const safe = inertText(detail, true)
  // The list of formats is the last thing said; what the file quotes stands before it.
  const cut = safe.lastIndexOf(TRIED)
  const said = cut < 0 ? safe : safe.slice(0, cut)
  const tried = cut < 0 ? [] : safe.slice(cut + TRIED.length).split('; ')
  return (
    <div className="flex flex-col gap-2 text-sm sm:max-h-72 sm:overflow-auto">
      <p className="wrap-anywhere m-0 whitespace-pre-wrap first-letter:uppercase">
        <bdi>{said.trim()}</bdi>
      </p>
      {tried.length === 0 ? null : (
        <div>
          <p className="m-0 text-muted">It was tried as:</p>
          <ul className="m-0 list-none columns-1 gap-x-8 p-0 text-muted lg:columns-2">
            {tried.map((format) => (
              <li key={format} className="break-inside-avoid py-0.5">
                <bdi>{withCode(format)}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
      {requestId === null ? null : (
        <p className="m-0 text-faint text-xs">
          Request <code>{requestId}</code>
        </p>
      )}
    </div>
  )
}

/** Words between backticks are what stands in a file. */
const withCode = (text: string) =>
  text.split('`').map((part, index) =>
    index % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: -- parts of one fixed text never move
      <code key={index} className="text-[0.93em]">
        {part}
      </code>
    ) : (
      part
    ),
  )
