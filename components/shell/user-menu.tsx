'use client'
import { useRouter } from 'next/navigation'
import { type ReactElement, useState } from 'react'
import { useClock } from '@/components/ui/clock'
import { Menu, MenuItem, MenuRadio, MenuSeparator } from '@/components/ui/menu'
import { useCurrentUser } from './current-user'
import { applyDensity, currentDensity, DENSITIES, DENSITY_WORDS, type Density } from './density'
import { applyTheme, currentTheme, type Theme } from './theme'
import { useSignOut } from './use-sign-out'

interface UserMenuProps {
  readonly trigger: ReactElement<Record<string, unknown>>
  readonly side: 'right' | 'top'
}

/** Who is signed in, the way to the account, theme, density, clock, sign out. */
export function UserMenu({ trigger, side }: UserMenuProps) {
  const { name, email, role } = useCurrentUser()
  const { mode, setMode, localZone } = useClock()
  const [theme, setTheme] = useState<Theme>('system')
  const [density, setDensity] = useState<Density>('comfortable')
  const router = useRouter()
  const leave = useSignOut()
  const readTaste = (open: boolean) => {
    if (!open) return
    setTheme(currentTheme())
    setDensity(currentDensity())
  }
  return (
    <Menu trigger={trigger} side={side} align="end" onOpenChange={readTaste}>
      <div className="px-2 py-1.5">
        <p className="m-0 truncate font-semibold text-base">{name}</p>
        {email === null ? null : <p className="m-0 truncate text-muted text-sm">{email}</p>}
        <p className="m-0 text-faint text-xs first-letter:uppercase">{role}</p>
      </div>
      <MenuItem icon="user" onSelect={() => router.push('/account')}>
        Your account
      </MenuItem>
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
        label="Rows"
        value={density}
        onValueChange={(next) => {
          applyDensity(next)
          setDensity(next)
        }}
        options={DENSITIES.map((each) => ({ value: each, label: DENSITY_WORDS[each].label, icon: 'up-down' }))}
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
      <MenuItem icon="sign-out" onSelect={() => void leave()}>
        Sign out
      </MenuItem>
    </Menu>
  )
}
