import type { Role } from '@/lib/domain/permission'

/** A person who may sign in; no secret is ever part of it. */
export interface UserAccount {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly role: Role
  readonly disabled: boolean
  readonly createdAt: number
}

/** One sign-in that still holds. */
export interface UserSession {
  readonly id: string
  /** As the browser sent it; hostile. */
  readonly userAgent: string | null
  readonly startedAt: number
  readonly lastSeenAt: number
}

export interface NewUser {
  readonly id: string
  readonly name: string
  /** Lower-case. */
  readonly email: string
  readonly role: Role
  readonly password: string
  readonly at: number
}

export interface UserStore {
  /** By name. */
  list(): Promise<readonly UserAccount[]>
  find(id: string): Promise<UserAccount | null>
  any(): Promise<boolean>
  /** @returns `taken` when the e-mail address belongs to someone. */
  create(user: NewUser): Promise<UserAccount | 'taken'>
  /** Creates the user only while there is none, in one transaction. @returns `exists` otherwise. */
  createFirst(user: NewUser): Promise<UserAccount | 'exists'>
  /** Changes role or disables; disabling ends every session. @returns `last-admin` when no active admin would be left; null when unknown. */
  update(id: string, change: { readonly role?: Role; readonly disabled?: boolean }, at: number): Promise<UserAccount | 'last-admin' | null>
  /** @returns null when unknown. */
  rename(id: string, name: string, at: number): Promise<UserAccount | null>
  /** Sign-ins that hold at `now`, last seen first, at most a hundred. */
  sessions(userId: string, now: number): Promise<readonly UserSession[]>
  /** Ends one sign-in of the person, or all but one. @returns how many ended. */
  endSessions(userId: string, which: { readonly only: string } | { readonly except: string }): Promise<number>
  /** Sets a new password and ends every session. @returns false when the user is unknown. */
  setPassword(id: string, password: string, at: number): Promise<boolean>
}
