'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'
import { cx } from '@/components/ui/cx'

interface WhenNearProps {
  /** Height that the content will have, so that nothing below it moves. */
  readonly heightClass: string
  readonly children: ReactNode
}

/** How far below the window content begins to be fetched, px: about one more turn of the wheel. */
const AHEAD = '400px'

/** Mounts its content, and so loads what it is made of, once it is about to come into view, or when the page is printed. */
export function WhenNear({ heightClass, children }: WhenNearProps) {
  const [near, setNear] = useState(false)
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (near || place.current === null) return
    const show = () => setNear(true)
    if (typeof IntersectionObserver === 'undefined') return show()
    const observer = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && show(), {
      rootMargin: `${AHEAD} 0px`,
    })
    observer.observe(place.current)
    window.addEventListener('beforeprint', show)
    return () => {
      observer.disconnect()
      window.removeEventListener('beforeprint', show)
    }
  }, [near])
  return near ? (
    children
  ) : (
    <div ref={place} data-skeleton="" className={cx('w-full rounded-md bg-sunken', heightClass)}>
      <span className="sr-only">Charts, loaded when they come into view</span>
    </div>
  )
}
