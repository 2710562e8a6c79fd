'use client'
import { useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/dialog'
import { InertText } from '@/components/ui/inert-text'
import { Select } from '@/components/ui/select'
import { TimeText } from '@/components/ui/time-text'
import { showToast } from '@/components/ui/toast'
import type { User } from '@/lib/api/contracts/users'
import { ROLES, type Role } from '@/lib/domain/permission'
import { failureOf } from '@/lib/queries/failure'
import { useUpdateUser } from '@/lib/queries/users'
import { ROLE_WORDS } from './role-words'

const LAST_ADMIN = 'This is the last active admin. Make someone else an admin first.'

/** True when taking this account's admin rights would leave nobody with them. */
export const isLastAdmin = (user: User, users: readonly User[]): boolean =>
  user.role === 'admin' && !user.disabled && !users.some((other) => other.id !== user.id && other.role === 'admin' && !other.disabled)

interface UserTableProps {
  readonly users: readonly User[]
  readonly selfId: string
}

export function UserTable({ users, selfId }: UserTableProps) {
  const [asking, setAsking] = useState<{ readonly user: User; readonly role?: Role } | null>(null)
  const update = useUpdateUser()
  const change = (user: User, wanted: { readonly role?: Role; readonly disabled?: boolean }) =>
    update.mutate(
      { userId: user.id, change: wanted },
      {
        onSuccess: () => {
          setAsking(null)
          showToast({ title: outcome(user, wanted) })
        },
        onError: (error) => {
          setAsking(null)
          showToast({ title: `${user.name} was not changed`, description: failureOf(error).detail, tone: 'danger' })
        },
      },
    )
  // Anything that takes rights away is asked about; giving them back is not.
  const wish = (user: User, role: Role) => {
    if (role === user.role) return
    if (user.id === selfId) setAsking({ user, role })
    else change(user, { role })
  }
  return (
    <>
      <table className="w-full rounded-md border border-line bg-surface">
        <caption className="sr-only">Everyone who has an account</caption>
        <thead className="text-left text-faint text-xs [&_th]:h-8 [&_th]:border-line [&_th]:border-b [&_th]:px-4 [&_th]:font-medium">
          <tr>
            <th scope="col">Name</th>
            <th scope="col" className="hidden md:table-cell">
              Since
            </th>
            <th scope="col" className="w-px">
              Role and access
            </th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {users.map((user) => (
            <UserLine
              key={user.id}
              user={user}
              self={user.id === selfId}
              locked={isLastAdmin(user, users) ? LAST_ADMIN : null}
              onRole={(role) => wish(user, role)}
              onDisable={() => (user.disabled ? change(user, { disabled: false }) : setAsking({ user }))}
            />
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        open={asking !== null}
        onOpenChange={(open) => {
          if (!open) setAsking(null)
        }}
        title={asking?.role === undefined ? `Disable ${asking?.user.name ?? ''}?` : `Change your own role to ${asking.role}?`}
        description={
          asking?.role === undefined
            ? 'All sessions of this account end at once and it cannot sign in. What was decided with it stays. It can be enabled again.'
            : 'You will no longer be able to manage users. Another admin can change it back.'
        }
        confirmLabel={asking?.role === undefined ? 'Disable account' : 'Change my role'}
        danger={asking?.role === undefined}
        pending={update.isPending}
        onConfirm={() => asking && change(asking.user, asking.role === undefined ? { disabled: true } : { role: asking.role })}
      />
    </>
  )
}

const outcome = (user: User, { role, disabled }: { readonly role?: Role; readonly disabled?: boolean }): string =>
  role !== undefined ? `${user.name} is now ${role}` : disabled ? `${user.name} is disabled` : `${user.name} can sign in again`

interface UserLineProps {
  readonly user: User
  readonly self: boolean
  /** Why role and access cannot be changed; null when they can. */
  readonly locked: string | null
  readonly onRole: (role: Role) => void
  readonly onDisable: () => void
}

const CELL = 'border-line border-b px-4 py-2.5 align-middle'

function UserLine({ user, self, locked, onRole, onDisable }: UserLineProps) {
  return (
    <tr>
      <td className={`${CELL} max-w-0`}>
        <p className={`m-0 flex items-center gap-2 font-medium ${user.disabled ? 'text-muted' : ''}`}>
          <InertText text={user.name} limit={80} className="max-sm:wrap-anywhere sm:truncate" />
          {self ? <Badge tone="accent">You</Badge> : null}
          {user.disabled ? <Badge>Disabled</Badge> : null}
        </p>
        <p className="max-sm:wrap-anywhere m-0 text-muted sm:truncate text-sm">
          <InertText text={user.email} limit={120} />
        </p>
        {locked === null ? null : <p className="m-0 text-faint text-xs">{locked}</p>}
      </td>
      <td className={`${CELL} hidden w-40 whitespace-nowrap text-muted text-sm md:table-cell`}>
        <TimeText at={user.createdAt} precision="day" />
      </td>
      <td className={CELL}>
        <div className="flex flex-col items-stretch gap-2 sm:flex-row sm:items-center">
          <Select
            label={`Role of ${user.name}`}
            hideLabel
            className="w-32 sm:w-36"
            value={user.role}
            onValueChange={onRole}
            disabled={locked !== null || user.disabled}
            options={ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].label, description: ROLE_WORDS[role].sentence }))}
          />
          <Button
            className="sm:w-20"
            disabledReason={locked}
            onClick={onDisable}
            aria-label={`${user.disabled ? 'Enable' : 'Disable'} ${user.name}`}
          >
            {user.disabled ? 'Enable' : 'Disable'}
          </Button>
        </div>
      </td>
    </tr>
  )
}
