'use client'
import { useState } from 'react'
import { useShortcutSetting } from '@/components/alarm/use-shortcuts'
import { applyDensity, DENSITIES, DENSITY_WORDS, type Density } from '@/components/shell/density'
import { applyTheme, type Theme } from '@/components/shell/theme'
import { Checkbox } from '@/components/ui/checkbox'
import { useClock } from '@/components/ui/clock'
import { RadioGroup } from '@/components/ui/radio-group'

interface TasteFormProps {
  readonly initialTheme: Theme
  readonly initialDensity: Density
}

/** Theme, density, times and keys of this browser; each takes effect at once. */
export function TasteForm({ initialTheme, initialDensity }: TasteFormProps) {
  const [theme, setTheme] = useState(initialTheme)
  const [density, setDensity] = useState(initialDensity)
  const { mode, setMode, localZone } = useClock()
  const [keysOn, setKeysOn] = useShortcutSetting()
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-5 sm:grid-cols-3">
        <RadioGroup
          label="Theme"
          value={theme}
          onValueChange={(next) => {
            applyTheme(next)
            setTheme(next)
          }}
          options={[
            { value: 'system', label: 'Like the system' },
            { value: 'light', label: 'Light' },
            { value: 'dark', label: 'Dark' },
          ]}
        />
        <RadioGroup
          label="Rows"
          value={density}
          onValueChange={(next) => {
            applyDensity(next)
            setDensity(next)
          }}
          options={DENSITIES.map((each) => ({ value: each, label: DENSITY_WORDS[each].label, description: DENSITY_WORDS[each].hint }))}
        />
        <RadioGroup
          label="Times"
          value={mode}
          onValueChange={setMode}
          options={[
            { value: 'local', label: 'Local', description: localZone },
            { value: 'utc', label: 'UTC' },
          ]}
        />
      </div>
      <p className="m-0 text-muted text-sm">On a touch screen every row is at least 44 px high, whatever is chosen.</p>
      <Checkbox
        label="Keyboard shortcuts"
        description="Off: only buttons and menus act, Ctrl K included."
        checked={keysOn}
        onCheckedChange={setKeysOn}
      />
    </div>
  )
}
