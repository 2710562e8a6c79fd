'use client'
import Link from 'next/link'
import { type ComponentProps, useState } from 'react'

/**
 * A link of the frame, which is on every page: its page is fetched ahead once somebody points at it or walks onto it, not as soon
 * as it is seen, so that a page that is opened competes with no other.
 */
export function PageLink(props: Omit<ComponentProps<typeof Link>, 'prefetch' | 'onPointerEnter' | 'onFocus'>) {
  const [isWanted, setIsWanted] = useState(false)
  const want = () => setIsWanted(true)
  // null: as Next does it by itself.
  return <Link {...props} prefetch={isWanted ? null : false} onPointerEnter={want} onFocus={want} />
}
