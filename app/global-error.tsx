'use client'
import './globals.css'

/** The last resort: the root layout itself failed, so nothing of the app may be relied on here. */
export default function GlobalError({ error, retry }: { error: unknown; retry: () => void }) {
  const digest = error instanceof Error && 'digest' in error ? String(error.digest) : null
  return (
    <html lang="en">
      <body>
        <title>Error · Dowser</title>
        <main className="flex min-h-dvh flex-col items-center justify-center gap-3 px-5 text-center">
          <h1 className="m-0 font-semibold text-xl">Dowser could not draw this page</h1>
          <p className="m-0 max-w-[48ch] text-muted">
            Nothing you decided is lost.
            {digest === null ? null : (
              <>
                {' '}
                The server’s log has the cause under <code>{digest}</code>.
              </>
            )}
          </p>
          <button type="button" onClick={() => retry()} className="h-8 rounded-md border border-line-strong bg-surface px-3 font-medium">
            Try again
          </button>
        </main>
      </body>
    </html>
  )
}
