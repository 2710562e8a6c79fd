import Link from 'next/link'
import { Panel } from '@/components/alarm/panel'
import { Button } from '@/components/ui/button'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import { type TimelineItem, timelineOf } from '@/lib/domain/escalation-timeline'
import type { EscalationPart } from './escalation-header'

/** What the logs show and what people did, newest first. */
export function TimelinePanel({ detail, changer, refusal }: EscalationPart) {
  const undoable = new Set(detail.history.filter(({ canUndo }) => canUndo).map(({ id }) => id))
  return (
    <Panel id="timeline" title="Timeline" description="Newest first.">
      <ol className="m-0 flex list-none flex-col p-0">
        {timelineOf(detail)
          .toReversed()
          .map((item) => (
            <Line
              key={item.id}
              item={item}
              onUndo={undoable.has(item.id) && refusal === null ? () => void changer.make({ kind: 'undo', eventId: item.id }) : null}
            />
          ))}
      </ol>
    </Panel>
  )
}

function Line({ item, onUndo }: { readonly item: TimelineItem; readonly onUndo: (() => void) | null }) {
  const { at, byName, words, detail, note, alarmId, undone } = item
  return (
    <li className="relative border-line border-l py-1.5 pl-4">
      <span
        aria-hidden="true"
        className={`-left-[4px] absolute top-[13px] size-[7px] rounded-full ${byName === null ? 'bg-chart-base' : 'bg-accent-fill'}`}
      />
      <div className="flex flex-wrap items-baseline gap-x-1.5 text-base">
        <span className={undone ? 'text-muted line-through' : undefined}>
          {alarmId === null ? (
            <strong className="font-medium">
              <InertText text={byName ?? 'Dowser'} limit={60} />
            </strong>
          ) : (
            <Link href={`/alarms/${encodeURIComponent(alarmId)}`} className="tabular inline-block min-h-6">
              {alarmId}
            </Link>
          )}{' '}
          {words}
          {undone ? <span className="sr-only"> (taken back)</span> : null}
        </span>
        <TimeText at={at} precision="minute" className="tabular text-muted text-sm" />
        {onUndo === null ? null : (
          <Button size="sm" variant="ghost" onClick={onUndo}>
            Take back
          </Button>
        )}
      </div>
      {detail === null ? null : (
        <p className="wrap-anywhere m-0 text-muted text-sm">
          <InertText text={detail} limit={400} />
        </p>
      )}
      {note === null ? null : (
        <p className="wrap-anywhere m-0 mt-0.5 whitespace-pre-wrap rounded-sm bg-sunken px-2 py-1 text-sm">{linesOf(note)}</p>
      )}
    </li>
  )
}

const linesOf = (note: string) =>
  note.split('\n').map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: lines of one text, in order
    <span key={index} className="block">
      <InertText text={line} />
    </span>
  ))
