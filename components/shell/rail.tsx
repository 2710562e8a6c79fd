'use client'
import { usePathname } from 'next/navigation'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'
import { can } from '@/lib/domain/permission'
import { useCurrentUser } from './current-user'
import { Mark } from './mark'
import { isCurrent, NAVIGATION, type NavigationItem } from './navigation'
import { OpenAlarmsCount, OpenAlarmsWords } from './open-alarms-count'
import { PageLink } from './page-link'
import { openPalette } from './palette-host'
import { UserMenuButton } from './user-menu-button'

interface NavigationProps {
  /** Open alarms; null while unknown. */
  readonly openAlarms: number | null
}

const ITEM = 'relative flex items-center rounded-md no-underline transition-colors'
const OTHER = 'text-muted hover:bg-hover hover:text-ink'
const CURRENT = 'bg-selected text-accent'

/** Wide screens: icons at 56 px, opening over the page to show its labels when pointed at or walked into by keyboard. */
export function Rail({ openAlarms }: NavigationProps) {
  const { role, name } = useCurrentUser()
  const pathname = usePathname()
  return (
    <div
      data-print="hide"
      className="group fixed inset-y-0 left-0 z-30 hidden w-(--rail) flex-col overflow-hidden border-line border-r bg-surface transition-[width] hover:w-48 hover:shadow-float hover:delay-200 has-[:focus-visible]:w-48 has-[:focus-visible]:shadow-float sm:flex"
    >
      <PageLink href="/alarms" aria-label="Dowser, to the alarms" className="mx-2 mt-2 mb-3 flex h-10 items-center rounded-md no-underline">
        <span className="flex w-10 shrink-0 justify-center">
          <Mark />
        </span>
        <span className={cx(LABEL, 'font-semibold text-ink text-lg tracking-tight')}>Dowser</span>
      </PageLink>
      <div className="px-2 pb-2">
        <button
          type="button"
          aria-haspopup="dialog"
          aria-keyshortcuts="Control+K Meta+K"
          title="Search and commands (Ctrl K)"
          onClick={openPalette}
          className={cx(ITEM, OTHER, 'h-10 w-full border-0 bg-transparent')}
        >
          <span className="flex w-10 shrink-0 justify-center">
            <Icon name="command" size={18} />
          </span>
          <span className={LABEL}>Search, commands</span>
        </button>
      </div>
      <nav aria-label="Main" className="flex flex-1 flex-col gap-0.5 px-2">
        {NAVIGATION.filter((item) => can(role, item.permission)).map((item) => (
          <RailItem key={item.href} item={item} current={isCurrent(item, pathname)} count={item.href === '/alarms' ? openAlarms : null} />
        ))}
      </nav>
      <div className="p-2">
        <UserMenuButton
          side="right"
          trigger={
            <button type="button" aria-label={`${name}: account and settings`} className={cx(ITEM, OTHER, 'h-10 w-full border-0')}>
              <span className="flex w-10 shrink-0 justify-center">
                <Initials name={name} />
              </span>
              <span className={cx(LABEL, 'truncate')}>{name}</span>
            </button>
          }
        />
      </div>
    </div>
  )
}

const LABEL =
  'min-w-0 whitespace-nowrap pl-2 text-left font-medium text-base opacity-0 transition-opacity group-hover:opacity-100 group-hover:delay-200 group-has-[:focus-visible]:opacity-100'

function RailItem({ item, current, count }: { readonly item: NavigationItem; readonly current: boolean; readonly count: number | null }) {
  return (
    <PageLink href={item.href} aria-current={current ? 'page' : undefined} className={cx(ITEM, 'h-10', current ? CURRENT : OTHER)}>
      <span className="relative flex w-10 shrink-0 justify-center">
        <Icon name={item.icon} size={18} />
        <OpenAlarmsCount count={count} />
      </span>
      <span className={LABEL}>{item.label}</span>
      <OpenAlarmsWords count={count} />
    </PageLink>
  )
}

function Initials({ name }: { readonly name: string }) {
  const letters = name
    .split(/\s+/)
    .flatMap((word) => [...word].slice(0, 1))
    .slice(0, 2)
    .join('')
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-7 items-center justify-center rounded-full bg-sunken font-semibold text-muted text-xs uppercase"
    >
      {letters || '?'}
    </span>
  )
}
