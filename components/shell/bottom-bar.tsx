'use client'
import dynamic from 'next/dynamic'
import { usePathname } from 'next/navigation'
import { useState } from 'react'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'
import { can } from '@/lib/domain/permission'
import { useCurrentUser } from './current-user'
import { forPhone, isCurrent, NAVIGATION } from './navigation'
import { OpenAlarmsCount, OpenAlarmsWords } from './open-alarms-count'
import { PageLink } from './page-link'

// Most visits never open it.
const MoreSheet = dynamic(() => import('./more-sheet').then((module) => module.MoreSheet), { ssr: false })

const CELL =
  'relative flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 border-0 bg-transparent px-0.5 text-[0.6875rem] leading-4 no-underline min-[360px]:text-xs'
const look = (current: boolean) => cx(CELL, current ? 'font-semibold text-accent' : 'text-muted')

/** Phones: the pages asked for most along the bottom edge, within the thumb's reach; every other one is behind "More". */
export function BottomBar({ openAlarms }: { readonly openAlarms: number | null }) {
  const { role } = useCurrentUser()
  const pathname = usePathname()
  const [more, setMore] = useState<'never' | 'open' | 'closed'>('never')
  const { first, rest } = forPhone(NAVIGATION.filter((item) => can(role, item.permission)))
  const isInRest = rest.some((item) => isCurrent(item, pathname))
  return (
    <nav
      aria-label="Main"
      data-print="hide"
      className="fixed inset-x-0 bottom-0 z-30 flex h-[calc(var(--bar)+env(safe-area-inset-bottom))] border-line border-t bg-surface pb-[env(safe-area-inset-bottom)] sm:hidden"
    >
      {first.map((item) => {
        const current = isCurrent(item, pathname)
        const count = item.href === '/alarms' ? openAlarms : null
        return (
          <PageLink key={item.href} href={item.href} aria-current={current ? 'page' : undefined} className={look(current)}>
            <span className="relative">
              <Icon name={item.icon} size={18} />
              <OpenAlarmsCount count={count} />
            </span>
            <span className="max-w-full truncate">{item.label}</span>
            <OpenAlarmsWords count={count} />
          </PageLink>
        )
      })}
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={more === 'open'}
        aria-label={isInRest ? 'More pages and your account; the page you are on is among them' : 'More pages and your account'}
        className={look(isInRest)}
        onClick={() => setMore('open')}
      >
        <Icon name="more" size={18} />
        <span>More</span>
      </button>
      {more === 'never' ? null : (
        <MoreSheet items={rest} open={more === 'open'} onOpenChange={(open) => setMore(open ? 'open' : 'closed')} />
      )}
    </nav>
  )
}
