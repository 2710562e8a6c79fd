import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { AlarmAction, AlarmEvent } from '@/lib/domain/alarm-event'
import { Panel } from './panel'

const WORDS: Readonly<Record<AlarmAction, string>> = {
  opened: 'opened it',
  recurred: 'saw it again',
  closed: 'closed it',
  escalated: 'escalated it',
  reopened: 'reopened it',
  undone: 'took a decision back',
  noted: 'noted',
  checked: 'checked a step of the guide',
  assigned: 'assigned it',
  suppressed: 'hid it',
  unsuppressed: 'brought it back',
}

const REVERSIBLE: ReadonlySet<AlarmAction> = new Set(['closed', 'escalated', 'reopened'])

/** The decision that an undo would take back; null when none stands. */
export const standingDecision = (history: readonly AlarmEvent[]): AlarmEvent | null =>
  history.findLast((event) => REVERSIBLE.has(event.action) && event.undoneById === null) ?? null

interface HistoryPanelProps {
  readonly history: readonly AlarmEvent[]
  readonly refusal: string | null
  readonly onUndo: (event: AlarmEvent) => void
}

/** Who did what, when, and why; nothing is ever removed from it. */
export function HistoryPanel({ history, refusal, onUndo }: HistoryPanelProps) {
  const standing = standingDecision(history)
  return (
    <Panel id="history" title="History">
      <ol className="m-0 flex list-none flex-col gap-0 p-0">
        {history.toReversed().map((event) => (
          <li key={event.id} className="relative border-line border-l py-1.5 pl-4">
            <span
              aria-hidden="true"
              className={`-left-[4px] absolute top-[13px] size-[7px] rounded-full ${event.byUserId === null ? 'bg-chart-base' : 'bg-accent-fill'}`}
            />
            <div className={`flex flex-wrap items-baseline gap-x-1.5 text-base ${event.undoneById ? 'text-muted line-through' : ''}`}>
              <strong className="font-medium">
                <InertText text={event.byName ?? 'Dowser'} />
              </strong>
              <span>{WORDS[event.action]}</span>
              <TimeText at={event.at} relative className="tabular text-muted text-sm" />
            </div>
            {event.detail && (
              <p className="wrap-anywhere m-0 text-muted text-sm">
                <InertText text={event.detail} />
              </p>
            )}
            {event.note && (
              <p className="wrap-anywhere m-0 mt-0.5 whitespace-pre-wrap rounded-sm bg-sunken px-2 py-1 text-sm">
                <InertText text={event.note} />
              </p>
            )}
            {event.undoneById && <Badge>taken back</Badge>}
            {event.id === standing?.id && (
              <Button size="sm" variant="ghost" icon="undo" className="mt-1 -ml-2" disabledReason={refusal} onClick={() => onUndo(event)}>
                Take back
              </Button>
            )}
          </li>
        ))}
      </ol>
    </Panel>
  )
}
