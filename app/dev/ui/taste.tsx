'use client'
import { applyDensity, DENSITIES, DENSITY_WORDS } from '@/components/shell/density'
import { applyTheme, THEMES } from '@/components/shell/theme'
import { Button } from '@/components/ui/button'

/** Theme and row height of the page, to look at every state in each. */
export function Taste() {
  return (
    <>
      {THEMES.map((theme) => (
        <Button key={theme} size="sm" onClick={() => applyTheme(theme)}>
          {theme}
        </Button>
      ))}
      {DENSITIES.map((density) => (
        <Button key={density} size="sm" variant="ghost" onClick={() => applyDensity(density)}>
          {DENSITY_WORDS[density].label}
        </Button>
      ))}
    </>
  )
}
