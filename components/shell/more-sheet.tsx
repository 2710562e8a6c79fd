'use client'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import { cx } from '@/components/ui/cx'
import { Sheet } from '@/components/ui/dialog'
import { Icon } from '@/components/ui/icon'
import { useCurrentUser } from './current-user'
import { isCurrent, type NavigationItem } from './navigation'
import { openPalette } from './palette-host'
import { UserMenu } from './user-menu'

const ROW = 'flex min-h-11 w-full min-w-0 items-center gap-3 rounded-md border-0 bg-transparent px-2 text-left text-base no-underline'

interface MoreSheetProps {
  readonly items: readonly NavigationItem[]
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

/** What has no place in a phone's bottom bar: the other pages, then the account. */
export function MoreSheet({ items, open, onOpenChange }: MoreSheetProps) {
  const { name, role } = useCurrentUser()
  const pathname = usePathname()
  return (
    <Sheet open={open} onOpenChange={onOpenChange} title="More">
      <button
        type="button"
        aria-haspopup="dialog"
        className={cx(ROW, 'mb-2 border-line border-b text-ink hover:bg-hover')}
        onClick={() => {
          onOpenChange(false)
          openPalette()
        }}
      >
        <Icon name="command" size={18} className="shrink-0" />
        Search and commands
      </button>
      <ul className="m-0 flex list-none flex-col gap-0.5 p-0">
        {items.map((item) => {
          const current = isCurrent(item, pathname)
          return (
            <li key={item.href}>
              <Link
                href={item.href}
                aria-current={current ? 'page' : undefined}
                className={cx(ROW, current ? 'bg-selected font-semibold text-accent' : 'text-ink hover:bg-hover')}
                onClick={() => onOpenChange(false)}
              >
                <Icon name={item.icon} size={18} className="shrink-0" />
                {item.label}
              </Link>
            </li>
          )
        })}
      </ul>
      <div className="mt-2 border-line border-t pt-2">
        <UserMenu
          side="top"
          trigger={
            <button type="button" className={cx(ROW, 'text-ink hover:bg-hover')}>
              <Icon name="user" size={18} className="shrink-0" />
              <span className="min-w-0 flex-1 truncate">
                {name} <span className="text-muted text-sm">({role})</span>
                <span className="block text-muted text-sm">Account, theme, rows, times, sign out</span>
              </span>
              <Icon name="chevron-right" size={14} className="shrink-0 text-faint" />
            </button>
          }
        />
      </div>
    </Sheet>
  )
}
