'use client'
import { useState } from 'react'
import { ConfirmDialog } from '@/components/ui/dialog'
import { plural } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import { showToast } from '@/components/ui/toast'
import type { AllowlistEntry } from '@/lib/domain/allowlist'
import { useRemoveAllowlistEntry } from '@/lib/queries/allowlist'
import { failureOf } from '@/lib/queries/failure'

interface RemoveEntryDialogProps {
  /** The entry in question; null keeps the dialog shut. */
  readonly entry: AllowlistEntry | null
  readonly onClose: () => void
}

export function RemoveEntryDialog({ entry, onClose }: RemoveEntryDialogProps) {
  const [failure, setFailure] = useState<string | null>(null)
  const remove = useRemoveAllowlistEntry()
  const close = () => {
    setFailure(null)
    onClose()
  }
  const confirm = () => {
    if (entry === null) return
    remove.mutate(entry.id, {
      onSuccess: ({ restoredAlarms }) => {
        close()
        showToast({
          title: `The entry for ${entry.domain} is removed`,
          description: restoredAlarms === 0 ? 'No alarm was waiting behind it.' : `${plural(restoredAlarms, 'alarm')} shown again.`,
        })
      },
      onError: (error) => setFailure(failureOf(error).detail),
    })
  }
  return (
    <ConfirmDialog
      open={entry !== null}
      onOpenChange={(open) => {
        if (!open) close()
      }}
      title={`Remove the entry for ${entry?.domain ?? ''}?`}
      description={entry === null ? undefined : consequence(entry)}
      confirmLabel="Remove entry"
      pending={remove.isPending}
      onConfirm={confirm}
    >
      {failure === null ? null : (
        <div role="alert">
          <Notice tone="danger">{failure}</Notice>
        </div>
      )}
    </ConfirmDialog>
  )
}

/** What comes back. */
const consequence = ({ hiddenAlarms }: AllowlistEntry): string =>
  hiddenAlarms === 0
    ? 'It hides no alarm now. New ones about this name will be shown. The entry stays in the history.'
    : `${plural(hiddenAlarms, 'alarm')} it hides ${hiddenAlarms === 1 ? 'comes' : 'come'} back to the queue, unless another entry covers ${hiddenAlarms === 1 ? 'it' : 'them'}. The entry stays in the history.`
