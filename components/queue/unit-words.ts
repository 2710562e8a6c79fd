import { outcomeLabel } from '@/components/alarm/outcomes'
import { plural } from '@/components/ui/format'
import type { AlarmUnit } from '@/lib/domain/alarm-unit'

/** "Closed as CDN · 212 alarms". */
export function unitTitle({ change, changed }: AlarmUnit): string {
  const alarms = plural(changed, 'alarm')
  switch (change.kind) {
    case 'close': {
      const entries = change.entries?.length ?? 0
      const ignored = entries === 0 ? '' : ` · ${plural(entries, 'domain')} ignored from now on`
      return `Closed as ${outcomeLabel(change.reason, change.family)} · ${alarms}${ignored}`
    }
    case 'escalate':
      return `Escalated into ${change.escalationId} · ${alarms}`
    case 'note':
      return `Note saved · ${alarms}`
    case 'assign':
      return change.owner === null ? `Given to nobody · ${alarms}` : `Given to ${change.owner.name} · ${alarms}`
    case 'undo':
      return `Undone · ${alarms}`
  }
}

export const leftWords = (left: number): string | null =>
  left === 0 ? null : `${left} changed meanwhile and ${left === 1 ? 'was' : 'were'} left.`

const DOING = { close: 'Closing', escalate: 'Escalating', note: 'Writing the note on', assign: 'Assigning', undo: 'Undoing' } as const

export const unitProgress = ({ change, total }: AlarmUnit): string => `${DOING[change.kind]} ${plural(total, 'alarm')}`
