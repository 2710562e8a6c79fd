'use client'
import { useRouter } from 'next/navigation'
import { useEffect, useEffectEvent, useRef } from 'react'
import { isTyping, useShortcutSetting } from '@/components/alarm/use-shortcuts'
import { can } from '@/lib/domain/permission'
import { useCurrentUser } from './current-user'
import { NAVIGATION } from './navigation'

/** Pages by the key after `g`; one that the role may not see is not gone to. */
const PAGES: Readonly<Record<string, string>> = {
  q: '/alarms',
  e: '/escalations',
  d: '/detectors',
  a: '/allowlist',
  c: '/coverage',
  s: '/sources',
}

/** How long after `g` the second key counts. */
const WITHIN_MS = 1_500

/** `g` and then a letter goes to a page. The second key is taken before the page's own shortcuts see it. */
export function GoKeys() {
  const router = useRouter()
  const { role } = useCurrentUser()
  const [on] = useShortcutSetting()
  const pressedAt = useRef(Number.NEGATIVE_INFINITY)
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return
    const isSecond = event.timeStamp - pressedAt.current < WITHIN_MS
    pressedAt.current = event.key === 'g' && !isSecond ? event.timeStamp : Number.NEGATIVE_INFINITY
    const page = isSecond ? NAVIGATION.find(({ href, permission }) => href === PAGES[event.key] && can(role, permission)) : undefined
    if (page === undefined) return
    event.preventDefault()
    event.stopPropagation()
    router.push(page.href)
  })
  useEffect(() => {
    if (!on) return
    window.addEventListener('keydown', onKeyDown, { capture: true })
    return () => window.removeEventListener('keydown', onKeyDown, { capture: true })
  }, [on])
  return null
}
