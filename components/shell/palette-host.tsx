'use client'
import dynamic from 'next/dynamic'
import { useEffect, useEffectEvent, useState } from 'react'
import { useShortcutSetting } from '@/components/alarm/use-shortcuts'

// Most visits never open it.
const Palette = dynamic(() => import('./palette/palette').then((module) => module.Palette), { ssr: false })

const OPEN = 'dowser:palette'

/** Opens the command palette from any button. */
export const openPalette = (): void => void window.dispatchEvent(new Event(OPEN))

/** Listens for Ctrl K (⌘ K) and loads the palette the first time it is asked for. */
export function PaletteHost() {
  const [on] = useShortcutSetting()
  const [state, setState] = useState<'never' | 'open' | 'closed'>('never')
  const toggle = useEffectEvent(() => setState(state === 'open' ? 'closed' : 'open'))
  useEffect(() => {
    const open = () => setState('open')
    window.addEventListener(OPEN, open)
    return () => window.removeEventListener(OPEN, open)
  }, [])
  useEffect(() => {
    if (!on) return
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.isComposing || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k')
        return
      // Else the browser goes to its own search box.
      event.preventDefault()
      toggle()
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [on])
  if (state === 'never') return null
  return <Palette open={state === 'open'} onOpenChange={(open) => setState(open ? 'open' : 'closed')} />
}
