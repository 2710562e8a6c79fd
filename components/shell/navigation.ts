import type { Route } from 'next'
import type { IconName } from '@/components/ui/icon'
import type { Permission } from '@/lib/domain/permission'

export interface NavigationItem {
  readonly href: Route
  readonly label: string
  readonly icon: IconName
  /** Shown only to roles that have it. */
  readonly permission: Permission
}

/** Every page of the console that stands in the rail, in its order. A new page is one line here. */
export const NAVIGATION: readonly NavigationItem[] = [
  { href: '/alarms', label: 'Alarms', icon: 'alarm', permission: 'alarm:read' },
  { href: '/events', label: 'Events', icon: 'search', permission: 'event:read' },
  { href: '/escalations', label: 'Escalations', icon: 'escalate', permission: 'escalation:read' },
  { href: '/allowlist', label: 'Allowlist', icon: 'allowlist', permission: 'allowlist:read' },
  { href: '/coverage', label: 'Coverage', icon: 'coverage', permission: 'coverage:read' },
  { href: '/detectors', label: 'Detectors', icon: 'detectors', permission: 'detector:read' },
  { href: '/sources', label: 'Sources', icon: 'sources', permission: 'source:read' },
  { href: '/users', label: 'Users', icon: 'users', permission: 'user:manage' },
  { href: '/audit', label: 'Audit', icon: 'audit', permission: 'audit:read' },
]

export const isCurrent = (item: NavigationItem, pathname: string): boolean => pathname === item.href || pathname.startsWith(`${item.href}/`)

/** What an analyst on a phone goes to most, in this order; the bar holds four beside "More", so that labels stay whole at 320 px. */
const PHONE_FIRST: readonly string[] = ['/alarms', '/escalations', '/allowlist', '/sources', '/coverage', '/detectors']
const PHONE_PLACES = 4

const phoneRank = ({ href }: NavigationItem): number => {
  const place = PHONE_FIRST.indexOf(href)
  return place === -1 ? PHONE_FIRST.length : place
}

/** Splits the pages of a role into those of a phone's bottom bar and those behind "More", the latter in the rail's order. */
export function forPhone(items: readonly NavigationItem[]): {
  readonly first: readonly NavigationItem[]
  readonly rest: readonly NavigationItem[]
} {
  const first = items.toSorted((a, b) => phoneRank(a) - phoneRank(b)).slice(0, PHONE_PLACES)
  return { first, rest: items.filter((item) => !first.includes(item)) }
}
