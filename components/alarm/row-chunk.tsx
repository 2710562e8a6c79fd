'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'

/** Rows beyond the window that are drawn all the same, so that scrolling does not outrun them. */
const AHEAD = '1500px'

interface RowChunkProps {
  /** Drawn wherever it is: it holds the row that keys act on. */
  readonly kept: boolean
  readonly children: ReactNode
}

/**
 * A stretch of a long table's rows. Far from the window only its height stays, so that a list of any length costs what is
 * in sight; the rows' own `aria-rowindex` says how many are left out.
 */
export function RowChunk({ kept, children }: RowChunkProps) {
  const ref = useRef<HTMLTableSectionElement>(null)
  const [state, setState] = useState({ isNear: true, height: 0 })
  useEffect(() => {
    const body = ref.current
    if (body === null || typeof IntersectionObserver === 'undefined') return
    const observer = new IntersectionObserver(
      (entries) => {
        const last = entries.at(-1)
        if (last) setState({ isNear: last.isIntersecting, height: last.boundingClientRect.height })
      },
      { rootMargin: AHEAD },
    )
    observer.observe(body)
    return () => observer.disconnect()
  }, [])
  const isDrawn = state.isNear || kept
  return (
    <tbody ref={ref} className="block" style={isDrawn ? undefined : { height: state.height }}>
      {isDrawn ? children : null}
    </tbody>
  )
}
