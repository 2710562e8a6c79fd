'use client'
import { useQuery } from '@tanstack/react-query'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { plural } from '@/components/ui/format'
import { SkeletonRows } from '@/components/ui/skeleton'
import { TimeText } from '@/components/ui/time-text'
import { showToast } from '@/components/ui/toast'
import { mySessionsOptions, useEndSessions } from '@/lib/queries/account'
import { failureOf } from '@/lib/queries/failure'

/** Where the person is signed in; each other sign-in can be ended. */
export function SessionList() {
  const { data, error, isPending, refetch, isRefetching } = useQuery(mySessionsOptions())
  const end = useEndSessions()
  if (isPending) return <SkeletonRows rows={2} label="Loading your sessions" />
  if (data === undefined) {
    const { detail, requestId } = failureOf(error)
    return (
      <ErrorPanel
        title="Your sessions could not be loaded"
        detail={detail}
        requestId={requestId}
        onRetry={() => void refetch()}
        retrying={isRefetching}
      />
    )
  }
  const others = data.sessions.filter(({ current }) => !current)
  const stop = (sessionId: string) =>
    end.mutate(sessionId, {
      onSuccess: ({ ended }) => showToast({ title: `${plural(ended, 'session')} ended` }),
      onError: (cause) => showToast({ title: 'Not ended', description: failureOf(cause).detail, tone: 'danger' }),
    })
  return (
    <div className="flex flex-col gap-3">
      <ul aria-label="Your sessions" className="m-0 flex list-none flex-col border-line border-t p-0">
        {data.sessions.map(({ id, device, startedAt, lastSeenAt, current }) => (
          <li key={id} className="flex min-h-(--row) flex-wrap items-center gap-x-3 gap-y-1 border-line border-b py-1.5">
            <div className="min-w-0 flex-1 basis-56">
              <p className="m-0 flex flex-wrap items-center gap-2 font-medium">
                {device} {current && <Badge tone="accent">this one</Badge>}
              </p>
              <p className="m-0 text-muted text-sm">
                since <TimeText at={startedAt} />, last seen {current ? 'now' : <TimeText at={lastSeenAt} relative />}
              </p>
            </div>
            {current ? null : (
              <Button size="sm" pending={end.isPending && end.variables === id} onClick={() => stop(id)}>
                End it
              </Button>
            )}
          </li>
        ))}
      </ul>
      {others.length > 1 ? (
        <div>
          <Button pending={end.isPending && end.variables === 'others'} onClick={() => stop('others')}>
            End all {others.length} others
          </Button>
        </div>
      ) : null}
    </div>
  )
}
