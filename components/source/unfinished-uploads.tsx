'use client'
import { useQuery } from '@tanstack/react-query'
import { Button } from '@/components/ui/button'
import { formatBytes } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import { Progress } from '@/components/ui/progress'
import { Spinner } from '@/components/ui/spinner'
import { TimeText } from '@/components/ui/time-text'
import { showToast } from '@/components/ui/toast'
import type { ResumableUpload } from '@/lib/domain/resumable-upload'
import { failureOf } from '@/lib/queries/failure'
import { unfinishedUploadsOptions, useDiscardUpload } from '@/lib/queries/unfinished-uploads'
import type { Upload } from './upload-state'

interface UnfinishedUploadsProps {
  /** Those of this page, which have cards of their own. */
  readonly onPage: readonly Upload[]
}

/** Files that were broken off by a reload, another page or another machine. */
export function UnfinishedUploads({ onPage }: UnfinishedUploadsProps) {
  const { data = [] } = useQuery(unfinishedUploadsOptions())
  const others = data.filter(({ name, size }) => !onPage.some((upload) => upload.name === name && upload.size === size && isShown(upload)))
  if (others.length === 0) return null
  return (
    <section aria-labelledby="unfinished" className="rounded-md border border-line bg-surface">
      <h3 id="unfinished" className="m-0 border-line border-b px-4 py-2 font-medium text-sm">
        Unfinished uploads
      </h3>
      <ul className="m-0 list-none p-0">
        {others.map((upload) => (
          <Unfinished key={upload.id} upload={upload} />
        ))}
      </ul>
    </section>
  )
}

const isShown = ({ phase }: Upload): boolean => phase !== 'cancelled' && phase !== 'done' && phase !== 'failed'

function Unfinished({ upload: { id, name, size, offset, state, expiresAt } }: { readonly upload: ResumableUpload }) {
  const discard = useDiscardUpload()
  const onDiscard = () =>
    discard.mutate(id, {
      onError: (error) => showToast({ title: 'Nothing was removed', description: failureOf(error).detail, tone: 'danger' }),
    })
  return (
    <li className="flex flex-col gap-2 border-line px-4 py-2.5 not-last:border-b">
      <div className="flex items-center gap-3">
        <span className="flex w-4 justify-center text-faint">{state === 'reading' ? <Spinner /> : <Icon name="pause" />}</span>
        <div className="min-w-0 flex-1">
          <p className="m-0 truncate font-medium text-base">
            <InertText text={name} />
          </p>
          <p className="tabular m-0 text-muted text-sm">
            {state === 'reading' ? (
              `${formatBytes(size)} arrived. The server is reading and analysing it`
            ) : (
              <>
                {formatBytes(offset)} of {formatBytes(size)} arrived. Choose the same file again to go on
                {expiresAt === null ? null : (
                  <>
                    ; kept until <TimeText at={expiresAt} />
                  </>
                )}
                .
              </>
            )}
          </p>
        </div>
        {state === 'reading' ? null : (
          <Button size="sm" variant="ghost" pending={discard.isPending} aria-label={`Discard ${name}`} onClick={onDiscard}>
            Discard
          </Button>
        )}
      </div>
      {state === 'reading' ? null : <Progress label={`Progress of ${name}`} value={offset / Math.max(size, 1)} />}
    </li>
  )
}
