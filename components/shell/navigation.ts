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
  { href: '/allowlist', label: 'Allowlist', icon: 'allowlist', permission: 'allowlist:read' },
  { href: '/coverage', label: 'Coverage', icon: 'coverage', permission: 'coverage:read' },
  { href: '/detectors', label: 'Detectors', icon: 'detectors', permission: 'detector:read' },
  { href: '/sources', label: 'Sources', icon: 'sources', permission: 'source:read' },
  { href: '/users', label: 'Users', icon: 'users', permission: 'user:manage' },
  { href: '/audit', label: 'Audit', icon: 'audit', permission: 'audit:read' },
]

export const isCurrent = (item: NavigationItem, pathname: string): boolean => pathname === item.href || pathname.startsWith(`${item.href}/`)
