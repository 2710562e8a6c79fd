'use client'

import { Button } from '@/components/ui/button'
import { formatCount } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import type { Bulk } from './use-bulk'

interface BulkBarProps {
  readonly bulk: Bulk
  /** Alarms that meet the filter, and how many of their rows are loaded. */
  readonly total: number
  readonly loaded: number
  readonly refusal: string | null
}

/** How many alarms are selected, and everything that can be done with them. */
export function BulkBar({ bulk, total, loaded, refusal }: BulkBarProps) {
  const { selection } = bulk
  if (selection.count === 0) return null
  return (
    <section
      aria-label="Selection"
      className="hairline sticky top-2 z-20 flex flex-wrap items-center gap-2 rounded-md bg-raised px-3 py-2 shadow-float"
    >
      <span aria-live="polite" className="tabular min-w-0 flex-1 basis-48 font-medium text-base">
        <InertText text={selection.words} />
      </span>
      {!selection.isFrozen && total > loaded && (
        <Button size="sm" variant="ghost" onClick={bulk.selectAllMatching} disabledReason={refusal}>
          Select all {formatCount(total)} that match
        </Button>
      )}
      <Button size="sm" onClick={() => bulk.open('close')} disabledReason={refusal} aria-keyshortcuts="e">
        Close {formatCount(selection.count)}
      </Button>
      <Button size="sm" icon="escalate" onClick={() => bulk.open('escalate')} disabledReason={refusal} aria-keyshortcuts="s">
        Escalate
      </Button>
      <Button size="sm" icon="allowlist" onClick={() => bulk.open('allow')} disabledReason={refusal} aria-keyshortcuts="f">
        False positive
      </Button>
      <Button size="sm" onClick={() => bulk.open('note')} disabledReason={refusal} aria-keyshortcuts="n">
        Note
      </Button>
      <Button size="sm" onClick={bulk.take} disabledReason={refusal} aria-keyshortcuts="m">
        Take
      </Button>
      <Button size="sm" onClick={() => bulk.open('assign')} disabledReason={refusal} aria-keyshortcuts="a">
        Assign
      </Button>
      <Button size="sm" variant="ghost" icon="close" onClick={selection.clear}>
        Clear
      </Button>
    </section>
  )
}
