'use client'

import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Kbd } from '@/components/ui/kbd'
import { FAMILIES, REASONS } from './outcomes'
import { useShortcutSetting } from './use-shortcuts'

type Line = readonly [keys: readonly string[], meaning: string]

const DECIDE: readonly Line[] = [
  [['e', '1–6'], 'close with a reason'],
  [['f'], 'false positive with an allowlist entry, Ctrl ↵ confirms'],
  [['s', '↵'], 'escalate'],
  [['n'], 'write a note'],
  [['m'], 'take it'],
  [['a'], 'assign it'],
  [['z'], 'undo the last decision, repeatable'],
]
const QUEUE: readonly Line[] = [
  [['j', 'k'], 'next, previous alarm'],
  [['↵'], 'open the alarm'],
  [['x'], 'select, or take out of the selection'],
  [['Shift ↓'], 'extend the selection'],
  [['*', 'a'], 'select all rows in view'],
  [['*', 'n'], 'select none'],
  [['*', 'd'], 'select all of the same domain'],
  [['*', 'h'], 'select all of the same host'],
  [['v'], 'save this view'],
  [['t'], 'times in UTC or local'],
  [['y'], 'copy a link to exactly this list'],
  [['/'], 'search'],
  [['r'], 'show what came in'],
]
const PAGE: readonly Line[] = [
  [['[', ']'], 'previous, next alarm of the same list'],
  [['u'], 'back to the queue'],
  [['c'], 'copy the indicators, defanged'],
]
const EVERYWHERE: readonly Line[] = [
  [['Ctrl K'], 'search and commands (⌘ K)'],
  [['Ctrl P'], 'print an alarm with all its panels (⌘ P)'],
  [['g', 'q'], 'to the queue; e escalations, d detectors, a allowlist, c coverage, s sources'],
]

interface KeysHelpProps {
  readonly open: boolean
  readonly onClose: () => void
  readonly on: 'queue' | 'alarm'
}

/** Every shortcut of the page, and the switch that turns them off. */
export function KeysHelp({ open, onClose, on }: KeysHelpProps) {
  const [enabled, setEnabled] = useShortcutSetting()
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
      title="Keyboard"
      description="Keys never act while you type in a field."
    >
      <div className="grid gap-x-8 gap-y-4 sm:grid-cols-2">
        <Group title={on === 'queue' ? 'Queue' : 'Alarm'} lines={on === 'queue' ? QUEUE : PAGE} />
        <Group title="Decide" lines={DECIDE} />
        <Group title="Everywhere" lines={EVERYWHERE} />
        <Group title="Reasons, after e" lines={REASONS.map(({ key, label }) => [[key], label.toLowerCase()])} />
        <Group title="After 3" lines={FAMILIES.map(({ key, label }) => [[key], label])} />
      </div>
      <div className="mt-4 border-line border-t pt-3">
        <Checkbox
          label="Keyboard shortcuts"
          description="Off: only buttons and menus act, Ctrl K included. Kept in this browser."
          checked={enabled}
          onCheckedChange={setEnabled}
        />
      </div>
    </Dialog>
  )
}

function Group({ title, lines }: { readonly title: string; readonly lines: readonly Line[] }) {
  return (
    <section>
      <h3 className="eyebrow m-0 mb-1">{title}</h3>
      <dl className="m-0 grid grid-cols-[auto_1fr] items-center gap-x-3 gap-y-1 text-sm">
        {lines.map(([keys, meaning]) => (
          <div key={meaning} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd className="m-0">{meaning}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
