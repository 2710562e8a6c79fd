'use client'
import { Button } from '@/components/ui/button'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import { showToast } from '@/components/ui/toast'
import type { DetectorSettingsView } from '@/lib/api/contracts/detectors'
import { changedFields, type DetectorChange } from '@/lib/domain/detector-settings'
import { useRevertChange } from '@/lib/queries/detectors'
import { failureOf } from '@/lib/queries/failure'

interface ChangeHistoryProps {
  readonly detector: DetectorSettingsView
  readonly refusal: string | null
}

/** Who changed what and why, newest first; each can be taken back. */
export function ChangeHistory({ detector, refusal }: ChangeHistoryProps) {
  const revert = useRevertChange(detector.id)
  if (detector.changes.length === 0) return <p className="m-0 text-muted text-sm">Nobody has changed a setting.</p>
  const takeBack = (change: DetectorChange) =>
    revert.mutate(
      { changeId: change.id, expectedVersion: detector.version },
      {
        onSuccess: () => showToast({ title: 'Taken back', description: 'The settings of before this change are in force.' }),
        onError: (error) => showToast({ title: 'Not taken back', description: failureOf(error).detail, tone: 'danger' }),
      },
    )
  return (
    <ol className="m-0 list-none rounded-md border border-line bg-surface p-0">
      {detector.changes.map((change) => (
        <li key={change.id} className="flex flex-wrap items-start gap-x-4 gap-y-2 border-line border-b px-3 py-2 text-sm last:border-b-0">
          <div className="min-w-0 flex-1 basis-60">
            <p className="m-0">
              <strong className="font-medium">
                <InertText text={change.byName} limit={60} />
              </strong>{' '}
              <TimeText at={change.at} relative className="tabular text-faint" />
              {change.revertsChangeId === null ? '' : ', taking a change back'}
            </p>
            <p className="tabular m-0 wrap-anywhere">{lineOf(detector, change)}</p>
            <p className="m-0 text-muted">
              <InertText text={change.reason} limit={500} />
            </p>
            {change.acceptedLosses > 0 ? (
              <p className="m-0 text-danger text-xs">Accepted: {change.acceptedLosses} confirmed alarms would not have been raised.</p>
            ) : null}
          </div>
          <Button size="sm" icon="undo" disabledReason={refusal} pending={revert.isPending} onClick={() => takeBack(change)}>
            Take back
          </Button>
        </li>
      ))}
    </ol>
  )
}

/** "threshold 15 → 10, switched off". */
export function lineOf(detector: DetectorSettingsView, { before, after }: Pick<DetectorChange, 'before' | 'after'>): string {
  return changedFields(before, after)
    .map((field) => {
      if (field === 'enabled') return after.enabled ? 'switched on' : 'switched off'
      if (field === 'exceptions') return `exceptions ${before.exceptions.length} → ${after.exceptions.length}`
      const parameter = detector.parameters.find(({ id }) => id === field)
      const value = (config: DetectorChange['before']) => config.values[field] ?? parameter?.default ?? 'default'
      return `${parameter?.label ?? field}: ${value(before)} → ${value(after)}`
    })
    .join(', ')
}
