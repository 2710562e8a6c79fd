'use client'
import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import { useQuery } from '@tanstack/react-query'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useEffect, useMemo, useRef, useState } from 'react'
import { useShortcutSetting } from '@/components/alarm/use-shortcuts'
import { useClock } from '@/components/ui/clock'
import { Icon } from '@/components/ui/icon'
import { inertText } from '@/components/ui/inert-text'
import { Kbd } from '@/components/ui/kbd'
import { can } from '@/lib/domain/permission'
import { paletteAlarmsOptions } from '@/lib/queries/palette'
import { viewsOptions } from '@/lib/queries/views'
import { useCurrentUser } from '../current-user'
import { applyDensity } from '../density'
import { type PageActions, pageActions } from '../page-actions'
import { applyTheme } from '../theme'
import { useSignOut } from '../use-sign-out'
import {
  actionItems,
  foundItems,
  matching,
  type PaletteEffects,
  type PaletteGroup,
  type PaletteItem,
  pageItems,
  settingItems,
  typedItems,
  viewItems,
} from './palette-items'

interface PaletteProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** Everything that can be reached or done from here, found by typing. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  const chosen = useRef<(() => void) | null>(null)
  return (
    <Dialog.Root
      open={open}
      onOpenChange={onOpenChange}
      onOpenChangeComplete={(isOpen) => {
        // Only when it is gone: what is chosen may put the focus somewhere of its own.
        if (isOpen) return
        const run = chosen.current
        chosen.current = null
        run?.()
      }}
    >
      <Dialog.Portal>
        <Dialog.Backdrop className="fixed inset-0 z-60 bg-overlay transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0" />
        <Dialog.Viewport className="fixed inset-0 z-70 flex items-start justify-center px-2 pt-2 pb-2 sm:pt-[12dvh]">
          <Dialog.Popup
            aria-label="Search and commands"
            className="hairline flex max-h-[min(34rem,calc(100dvh-1rem))] w-full max-w-xl flex-col overflow-hidden rounded-lg bg-raised text-ink shadow-float outline-none transition-opacity data-[ending-style]:opacity-0 data-[starting-style]:opacity-0"
          >
            <PaletteBody
              onChoose={(run) => {
                chosen.current = run
                onOpenChange(false)
              }}
            />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

const TYPING_MS = 200

/** The words once typing pauses. */
function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), TYPING_MS)
    return () => clearTimeout(timer)
  }, [typed])
  return settled.trim()
}

function useEffects(): PaletteEffects {
  const router = useRouter()
  const { setMode } = useClock()
  const leave = useSignOut()
  return useMemo(
    () => ({
      go: (href) => router.push(href as Route),
      theme: applyTheme,
      clock: setMode,
      density: applyDensity,
      signOut: () => void leave(),
    }),
    [router, setMode, leave],
  )
}

function useGroups(typed: string, offered: PageActions | null): PaletteGroup[] {
  const { role } = useCurrentUser()
  const effects = useEffects()
  const words = useSettled(typed)
  const views = useQuery(viewsOptions())
  const found = useQuery(paletteAlarmsOptions(words, can(role, 'alarm:read') && words.length >= 2))
  return useMemo(() => {
    const some = (value: string, items: readonly PaletteItem[]): PaletteGroup[] => (items.length === 0 ? [] : [{ value, items }])
    return [
      ...some(offered === null ? '' : offered.subject, matching(actionItems(offered), typed)),
      ...some('Go to', matching(pageItems(role, effects), typed)),
      ...some('Views', matching(viewItems(views.data?.views ?? [], effects), typed)),
      ...some('Found', typed.trim() === '' ? [] : foundItems(found.data?.rows ?? [], role, effects)),
      ...some('Settings', matching(settingItems(effects), typed)),
      ...some('What you typed', typedItems(typed, role, effects)),
    ]
  }, [offered, typed, role, effects, views.data, found.data])
}

function PaletteBody({ onChoose }: { readonly onChoose: (run: () => void) => void }) {
  const [typed, setTyped] = useState('')
  const [offered] = useState(pageActions)
  const [keysOn] = useShortcutSetting()
  const groups = useGroups(typed, offered)
  return (
    <Autocomplete.Root
      open
      inline
      mode="none"
      items={groups}
      value={typed}
      onValueChange={(value, details) => {
        if (details.reason !== 'item-press') setTyped(value)
      }}
      itemToStringValue={(item: PaletteItem) => item.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2 border-line border-b px-3">
        <Icon name="search" className="shrink-0 text-faint" />
        <Autocomplete.Input
          aria-label="Search pages, alarms, domains, hosts and commands"
          placeholder="A page, an alarm, a domain, a host, or a command"
          maxLength={200}
          className="h-11 min-w-0 flex-1 border-0 bg-transparent text-base text-ink outline-none placeholder:text-faint pointer-coarse:text-lg"
        />
        <Dialog.Close className="tap h-7 rounded-sm border-0 bg-transparent px-1.5 text-muted text-xs hover:text-ink">
          <span className="sr-only">Close</span>
          <Kbd>Esc</Kbd>
        </Dialog.Close>
      </div>
      <Autocomplete.Empty className="px-4 text-muted text-sm not-empty:py-6">Nothing is called that.</Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1 empty:hidden">
        {(group: PaletteGroup) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className="eyebrow px-2 pt-2 pb-1">{inertText(group.value)}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(item: PaletteItem) => (
                <Autocomplete.Item
                  key={item.id}
                  value={item}
                  onClick={() => onChoose(item.run)}
                  className="tap flex min-h-8 cursor-pointer select-none items-center gap-2.5 rounded-sm px-2 py-1 text-base outline-none data-[highlighted]:bg-selected"
                >
                  <Icon name={item.icon} className="shrink-0 text-faint" />
                  <span className="min-w-0 flex-1 truncate">
                    {inertText(item.label)}
                    {item.hint === undefined ? null : <span className="ml-2 text-muted text-sm">{inertText(item.hint)}</span>}
                  </span>
                  {item.keys !== undefined && keysOn ? <Keys keys={item.keys} /> : null}
                </Autocomplete.Item>
              )}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}

function Keys({ keys }: { readonly keys: string }) {
  return (
    <span className="flex shrink-0 gap-1 pointer-coarse:hidden">
      {keys.split(' ').map((key) => (
        <Kbd key={key}>{key}</Kbd>
      ))}
    </span>
  )
}
