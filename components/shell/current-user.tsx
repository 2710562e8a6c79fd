'use client'
import { createContext, type ReactNode, useContext } from 'react'
import { can, type Permission, ROLES, type Role } from '@/lib/domain/permission'

export interface CurrentUser {
  readonly userId: string
  readonly name: string
  readonly email: string | null
  readonly role: Role
}

const CurrentUserContext = createContext<CurrentUser | null>(null)

export function CurrentUserProvider({ user, children }: { readonly user: CurrentUser; readonly children: ReactNode }) {
  return <CurrentUserContext value={user}>{children}</CurrentUserContext>
}

/** The signed-in person. @throws outside the console. */
export function useCurrentUser(): CurrentUser {
  const user = useContext(CurrentUserContext)
  if (user === null) throw new Error('There is no signed-in user on this page.')
  return user
}

const PEOPLE: Readonly<Record<Role, string>> = { analyst: 'Analysts', manager: 'Managers', admin: 'Admins' }

function whoMay(permission: Permission): string {
  const roles = ROLES.filter((role) => can(role, permission))
  return roles.length === ROLES.length
    ? 'Everyone who is signed in can.'
    : `${roles.map((role, index) => (index === 0 ? PEOPLE[role] : PEOPLE[role].toLowerCase())).join(' and ')} can.`
}

/**
 * Why the signed-in person may not do something and who may; null when they may. Goes into a control's `disabledReason`.
 * The server decides; this only saves a refused click.
 */
export function useRefusal(permission: Permission): string | null {
  const { role } = useCurrentUser()
  return can(role, permission) ? null : `Your role (${role}) does not allow this. ${whoMay(permission)}`
}
