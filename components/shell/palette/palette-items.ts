import type { IconName } from '@/components/ui/icon'
import type { AlarmRow } from '@/lib/domain/alarm'
import { can, type Role } from '@/lib/domain/permission'
import type { SavedView } from '@/lib/domain/saved-view'
import { DENSITIES, DENSITY_WORDS, type Density } from '../density'
import { NAVIGATION } from '../navigation'
import type { PageActions } from '../page-actions'
import type { Theme } from '../theme'

/** One line of the palette. */
export interface PaletteItem {
  readonly id: string
  readonly label: string
  /** Beside the label: where it leads, or what it is about. */
  readonly hint?: string
  /** Keys that do the same without the palette. */
  readonly keys?: string
  readonly icon: IconName
  /** Found by these words too. */
  readonly words?: string
  readonly run: () => void
}

export interface PaletteGroup {
  readonly value: string
  readonly items: readonly PaletteItem[]
}

/** What the items do. */
export interface PaletteEffects {
  readonly go: (href: string) => void
  readonly theme: (theme: Theme) => void
  readonly clock: (mode: 'local' | 'utc') => void
  readonly density: (density: Density) => void
  readonly signOut: () => void
}

/** Pages that stand in no rail. */
const MORE_PAGES = [
  { href: '/sources/assets', label: 'Assets', icon: 'sources', permission: 'source:read', words: 'names roles hosts' },
  { href: '/detectors/evaluation', label: 'Evaluation', icon: 'detectors', permission: 'detector:read', words: 'recall figures' },
] as const

const GO_KEYS: Readonly<Record<string, string>> = {
  '/alarms': 'g q',
  '/escalations': 'g e',
  '/detectors': 'g d',
  '/allowlist': 'g a',
  '/coverage': 'g c',
  '/sources': 'g s',
}

const page = (effects: PaletteEffects, href: string, label: string, icon: IconName, words?: string): PaletteItem => ({
  id: `page:${href}`,
  label,
  icon,
  words: `page go to ${words ?? ''}`,
  ...(GO_KEYS[href] && { keys: GO_KEYS[href] }),
  run: () => effects.go(href),
})

/** Every page that the role may see, then the person's own account. */
export function pageItems(role: Role, effects: PaletteEffects): PaletteItem[] {
  return [
    ...NAVIGATION.filter(({ permission }) => can(role, permission)).map(({ href, label, icon }) => page(effects, href, label, icon)),
    ...MORE_PAGES.filter(({ permission }) => can(role, permission)).map(({ href, label, icon, words }) =>
      page(effects, href, label, icon, words),
    ),
    page(effects, '/account', 'Your account', 'user', 'profile password sessions settings'),
  ]
}

export const viewItems = (views: readonly SavedView[], effects: PaletteEffects): PaletteItem[] =>
  views.map(({ id, name, search, shared, byName }) => ({
    id: `view:${id}`,
    label: name,
    hint: shared ? `shared by ${byName}` : 'your own view',
    icon: 'filter',
    words: 'view queue saved',
    run: () => effects.go(`/alarms?${search}`),
  }))

/** Taste, and the way out. */
export const settingItems = (effects: PaletteEffects): PaletteItem[] => [
  { id: 'theme:system', label: 'Theme: like the system', icon: 'display', run: () => effects.theme('system') },
  { id: 'theme:light', label: 'Theme: light', icon: 'sun', run: () => effects.theme('light') },
  { id: 'theme:dark', label: 'Theme: dark', icon: 'moon', words: 'night', run: () => effects.theme('dark') },
  { id: 'clock:local', label: 'Times: local', icon: 'clock', words: 'time zone clock', run: () => effects.clock('local') },
  { id: 'clock:utc', label: 'Times: UTC', icon: 'clock', words: 'time zone clock', run: () => effects.clock('utc') },
  ...DENSITIES.map(
    (density): PaletteItem => ({
      id: `density:${density}`,
      label: `Density: ${DENSITY_WORDS[density].label.toLowerCase()}`,
      hint: DENSITY_WORDS[density].hint,
      icon: 'up-down',
      words: 'row height table',
      run: () => effects.density(density),
    }),
  ),
  { id: 'sign-out', label: 'Sign out', icon: 'sign-out', words: 'log out leave end session', run: effects.signOut },
]

const ALARM_ID = /^alm-[a-z0-9]+$/i
const ADDRESS = /^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-f]*:[0-9a-f:.]+$/i
const NAME = /^[^\s/?#@:]+\.[^\s/?#@:]{2,}$/

/** Where the typed words can lead although no item carries them: an alarm by its id, a domain, a host, the two searches. */
export function typedItems(typed: string, role: Role, effects: PaletteEffects): PaletteItem[] {
  const text = typed.trim()
  if (text === '') return []
  const path = encodeURIComponent(text)
  const items: PaletteItem[] = []
  const add = (id: string, label: string, icon: IconName, href: string) => items.push({ id, label, icon, run: () => effects.go(href) })
  if (can(role, 'alarm:read')) {
    if (ALARM_ID.test(text)) add('typed:alarm', `Open the alarm ${text}`, 'alarm', `/alarms/${encodeURIComponent(alarmIdOf(text))}`)
  }
  if (can(role, 'event:read')) {
    if (NAME.test(text) && !ADDRESS.test(text))
      add('typed:domain', `Domain ${text}`, 'coverage', `/domains/${encodeURIComponent(text.toLowerCase())}`)
    if (!ALARM_ID.test(text) && !/\s/.test(text)) add('typed:host', `Host ${text}`, 'display', `/hosts/${path}`)
  }
  if (can(role, 'alarm:read')) add('typed:search', `Search the alarms for “${text}”`, 'search', `/alarms?text=${path}`)
  if (can(role, 'event:read')) add('typed:events', `Search the events for “${text}”`, 'search', `/events?q=${path}`)
  return items
}

/** Ids are upper-case; people copy them as they like. */
const alarmIdOf = (text: string): string => `ALM-${text.slice(4).toUpperCase()}`

/** Alarms that the server found for the typed words, and the domains and hosts they name. */
export function foundItems(rows: readonly AlarmRow[], role: Role, effects: PaletteEffects): PaletteItem[] {
  const alarms = rows.map(
    (row): PaletteItem => ({
      id: `alarm:${row.id}`,
      label: row.zone ?? row.hostName ?? row.source ?? row.id,
      hint: `${row.id}, ${row.severity}, ${row.status}`,
      icon: 'alarm',
      run: () => effects.go(`/alarms/${row.id}`),
    }),
  )
  if (!can(role, 'event:read')) return alarms
  const zones = [...new Set(rows.flatMap(({ zone }) => zone ?? []))]
  const hosts = [...new Map(rows.flatMap((row) => (row.source === null ? [] : [[row.source, row.hostName] as const])))]
  return [
    ...alarms,
    ...zones.map(
      (zone): PaletteItem => ({
        id: `domain:${zone}`,
        label: zone,
        hint: 'domain',
        icon: 'coverage',
        run: () => effects.go(`/domains/${encodeURIComponent(zone)}`),
      }),
    ),
    ...hosts.map(
      ([source, name]): PaletteItem => ({
        id: `host:${source}`,
        label: source,
        hint: name === null ? 'host' : `host ${name}`,
        icon: 'display',
        run: () => effects.go(`/hosts/${encodeURIComponent(source)}`),
      }),
    ),
  ]
}

export const actionItems = (offered: PageActions | null): PaletteItem[] =>
  (offered?.actions ?? []).map(({ label, keys, run }) => ({ id: `action:${keys}`, label, keys, icon: 'arrow', words: 'decide', run }))

/** Items that hold every typed word, in label, hint or words. */
export function matching(items: readonly PaletteItem[], typed: string): readonly PaletteItem[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return items.filter(({ label, hint, words: more }) => {
    const text = `${label} ${hint ?? ''} ${more ?? ''}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
}
