'use client'

import type { Triage } from '@/components/alarm/use-triage'
import { Button } from '@/components/ui/button'
import type { AlarmsSearchParams } from '@/lib/url/alarms-search-params'
import { RowsToggle } from './rows-toggle'

interface QueueActionsProps {
  readonly rows: AlarmsSearchParams['rows']
  readonly onRows: (rows: AlarmsSearchParams['rows']) => void
  readonly triage: Triage
}

/** Beside the queue's title, whatever its rows stand for: what a row is, and the list of keys. */
export function QueueActions({ rows, onRows, triage }: QueueActionsProps) {
  return (
    <>
      <RowsToggle value={rows} onChange={onRows} />
      <Button
        size="sm"
        variant="ghost"
        className="pointer-coarse:hidden"
        onClick={() => triage.open({ kind: 'keys' })}
        aria-keyshortcuts="?"
      >
        Keyboard ?
      </Button>
    </>
  )
}
