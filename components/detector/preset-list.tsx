'use client'
import { Panel } from '@/components/alarm/panel'
import { Button } from '@/components/ui/button'
import type { DetectorSettingsView } from '@/lib/api/contracts/detectors'
import { numberOf, type SettingsDraft } from './settings-draft'

interface PresetListProps {
  readonly detector: DetectorSettingsView
  readonly draft: SettingsDraft
  readonly refusal: string | null
  /** Texts for the fields that the preset names. */
  readonly onFill: (texts: Readonly<Record<string, string>>) => void
}

/** Sets of settings worth offering as one choice. They fill the form; saving is another step. */
export function PresetList({ detector, draft, refusal, onFill }: PresetListProps) {
  const defaults = Object.fromEntries(detector.parameters.map((parameter) => [parameter.id, parameter.default]))
  const all = [
    ...detector.presets,
    { id: 'defaults', label: 'Defaults', reason: 'Every setting as it comes, for the reasons beside it.', settings: defaults },
  ]
  const fill = (settings: Readonly<Record<string, number>>) =>
    onFill(Object.fromEntries(Object.entries(settings).map(([id, value]) => [id, String(value)])))
  const isChosen = (settings: Readonly<Record<string, number>>) =>
    Object.entries(settings).every(([id, value]) => numberOf(draft.texts[id] ?? '') === value)
  return (
    <Panel id="presets" title="Presets" description="A preset fills the form; nothing is in force before you save.">
      <ul className="m-0 grid list-none gap-3 p-0 sm:grid-cols-2 lg:grid-cols-3">
        {all.map(({ id, label, reason, settings }) => (
          <li key={id} className="flex flex-col gap-2 rounded-md border border-line bg-surface p-3 text-sm">
            <strong className="font-semibold">{label}</strong>
            <p className="m-0 flex-1 text-muted">{reason}</p>
            <Button
              size="sm"
              className="self-start"
              disabledReason={refusal ?? (isChosen(settings) ? 'The form has these values.' : null)}
              aria-label={`Fill in: ${label}`}
              onClick={() => fill(settings)}
            >
              Fill in
            </Button>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
