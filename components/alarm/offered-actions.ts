import type { Bulk } from '@/components/queue/use-bulk'
import type { PageAction, PageActions } from '@/components/shell/page-actions'
import { plural } from '@/components/ui/format'
import { inertText } from '@/components/ui/inert-text'
import type { Story } from '@/lib/domain/story'
import type { Triage, TriageAlarm } from './use-triage'

const CLOSED: ReadonlySet<TriageAlarm['status']> = new Set(['closed', 'suppressed'])

/** What can be decided about the alarm under the cursor, for the command palette: the same keys, spelled out. */
export function alarmActions(triage: Triage, alarm: TriageAlarm | null): PageActions | null {
  if (!triage.mayDecide) return null
  const act = (label: string, key: string): PageAction => ({ label, keys: key, run: () => void triage.press(key, false) })
  const undo = act('Undo the last decision', 'z')
  if (alarm === null) return { subject: 'Decide', actions: [undo] }
  const { status, zone } = alarm
  return {
    subject: `${alarm.id} ${inertText(zone ?? alarm.hostName ?? alarm.source ?? '')}`.trim(),
    actions: [
      ...(status === 'closed' ? [] : [act('Close with a reason', 'e')]),
      ...(status === 'open' ? [act('Escalate', 's')] : []),
      ...(zone === null || CLOSED.has(status) ? [] : [act('False positive, with an allowlist entry', 'f')]),
      act('Write a note', 'n'),
      undo,
    ],
  }
}

/** What can be decided about all alarms of a story. */
export function storyActions(press: (key: string) => boolean, mayDecide: boolean, story: Story | null): PageActions | null {
  if (!mayDecide || story === null) return null
  const act = (label: string, key: string): PageAction => ({ label, keys: key, run: () => void press(key) })
  return {
    subject: `${inertText(story.name)}, ${plural(story.alarms, 'alarm')}`,
    actions: [
      act('Close with a reason', 'e'),
      act('Escalate', 's'),
      act('False positive, with an allowlist entry', 'f'),
      act('Write a note on each', 'n'),
      act('Take', 'm'),
      act('Assign', 'a'),
    ],
  }
}

/** What can be decided about a selection; null while nothing is selected. */
export function selectionActions(bulk: Bulk): PageActions | null {
  const { selection, mayDecide } = bulk
  if (!mayDecide || selection.count === 0) return null
  const act = (label: string, key: string): PageAction => ({ label, keys: key, run: () => void bulk.press(key, false, false) })
  return {
    subject: inertText(selection.words),
    actions: [
      act('Close with a reason', 'e'),
      act('Escalate', 's'),
      act('False positive, with allowlist entries', 'f'),
      act('Write a note on each', 'n'),
      act('Take', 'm'),
      act('Assign', 'a'),
      { label: 'Clear the selection', keys: 'Esc', run: selection.clear },
    ],
  }
}
