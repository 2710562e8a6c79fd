'use client'
import { useRouter } from 'next/navigation'
import { type ReactElement, useState } from 'react'
import { useClock } from '@/components/ui/clock'
import { Menu, MenuItem, MenuRadio, MenuSeparator } from '@/components/ui/menu'
import { showToast } from '@/components/ui/toast'
import { signOut } from '@/lib/queries/session'
import { useCurrentUser } from './current-user'
import { applyTheme, currentTheme, type Theme } from './theme'

interface UserMenuProps {
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly side: 'right' | 'top'
}

/** Who is signed in, theme, clock, sign out. */
export function UserMenu({ trigger, side }: UserMenuProps) {
  const { name, email, role } = useCurrentUser()
  const { mode, setMode, localZone } = useClock()
  const [theme, setTheme] = useState<Theme>('system')
  const router = useRouter()
  const leave = async () => {
    if (await signOut()) {
      router.replace('/sign-in')
      router.refresh()
    } else showToast({ title: 'Could not sign out', description: 'The server did not answer. You are still signed in.', tone: 'danger' })
  }
  return (
    <Menu trigger={trigger} side={side} align="end" onOpenChange={(open) => open && setTheme(currentTheme())}>
      <div className="px-2 py-1.5">
        <p className="m-0 truncate font-semibold text-base">{name}</p>
        {email === null ? null : <p className="m-0 truncate text-muted text-sm">{email}</p>}
        <p className="m-0 text-faint text-xs first-letter:uppercase">{role}</p>
      </div>
      <MenuSeparator />
      <MenuRadio
        label="Theme"
        value={theme}
        onValueChange={(next) => {
          applyTheme(next)
          setTheme(next)
        }}
        options={[
          { value: 'system', label: 'Like the system', icon: 'display' },
          { value: 'light', label: 'Light', icon: 'sun' },
          { value: 'dark', label: 'Dark', icon: 'moon' },
        ]}
      />
      <MenuSeparator />
      <MenuRadio
        label="Times"
        value={mode}
        onValueChange={setMode}
        options={[
          { value: 'local', label: 'Local', icon: 'clock', hint: localZone },
          { value: 'utc', label: 'UTC', icon: 'clock' },
        ]}
      />
      <MenuSeparator />
      <MenuItem icon="sign-out" onSelect={leave}>
        Sign out
      </MenuItem>
    </Menu>
  )
}
