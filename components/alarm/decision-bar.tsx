'use client'

import { Button } from '@/components/ui/button'
import { Kbd } from '@/components/ui/kbd'
import type { Alarm } from '@/lib/domain/alarm'
import { ALLOW_SHEET, CLOSE_SHEET } from './decision-keys'
import type { Triage } from './use-triage'

interface DecisionBarProps {
  readonly alarm: Alarm
  readonly triage: Triage
  /** Why this person may not decide; null when they may. */
  readonly refusal: string | null
}

/** The outcomes, in reach: above the evidence on a wide screen, at the bottom edge of a phone. */
export function DecisionBar({ alarm, triage, refusal }: DecisionBarProps) {
  const { open, decide, undo, pending } = triage
  const common = { disabledReason: refusal, pending: false, size: 'md' } as const
  const isOpen = alarm.status === 'open'
  const isClosed = alarm.status === 'closed'
  return (
    <div
      role="toolbar"
      aria-label="Decide"
      data-print="hide"
      className="fixed inset-x-0 bottom-[calc(var(--bar)+env(safe-area-inset-bottom))] z-20 flex gap-2 overflow-x-auto border-line border-y bg-canvas px-3 py-2 max-sm:[&_svg]:hidden sm:sticky sm:inset-x-auto sm:top-0 sm:bottom-auto sm:-mx-7 sm:px-7"
    >
      {!isClosed && (
        <>
          <Button {...common} variant="primary" onClick={() => open(CLOSE_SHEET)} aria-keyshortcuts="e">
            Close <Key name="e" />
          </Button>
          {isOpen && (
            <Button {...common} icon="escalate" onClick={() => open({ kind: 'escalate' })} aria-keyshortcuts="s">
              Escalate <Key name="s" />
            </Button>
          )}
          {alarm.zone !== null && (
            <Button {...common} icon="allowlist" onClick={() => open(ALLOW_SHEET)} aria-keyshortcuts="f">
              False positive <Key name="f" />
            </Button>
          )}
        </>
      )}
      {!isOpen && (alarm.status !== 'suppressed' || alarm.suppressedByEntryId === null) && (
        <Button {...common} pending={pending} onClick={() => decide({ kind: 'reopen', note: null }, alarm)}>
          Reopen
        </Button>
      )}
      <Button {...common} icon="note" onClick={() => open({ kind: 'note' })} aria-keyshortcuts="n">
        Note <Key name="n" />
      </Button>
      <Button {...common} icon="undo" variant="ghost" onClick={() => void undo()} aria-keyshortcuts="z">
        Undo <Key name="z" />
      </Button>
    </div>
  )
}

const Key = ({ name }: { readonly name: string }) => (
  <span aria-hidden="true" className="hidden sm:inline">
    <Kbd>{name}</Kbd>
  </span>
)
