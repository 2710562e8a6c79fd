'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'

/** Rows beyond the window that are drawn all the same, so that scrolling does not outrun them. */
const AHEAD = '1500px'

interface RowChunkProps {
  /** Drawn wherever it is: it holds the row that keys act on. */
  readonly kept: boolean
  /** Names a stretch of a list; absent for a stretch of a table. */
  readonly list?: string
  readonly children: ReactNode
}

/**
 * A stretch of a long table's rows, or of a list's items. Far from the window only its height stays, so that a list of any length costs what is
 * in sight; the rows' own `aria-rowindex` says how many are left out.
 */
export function RowChunk({ kept, list, children }: RowChunkProps) {
  const ref = useRef<HTMLElement>(null)
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
  const style = isDrawn ? undefined : { height: state.height }
  const setRef = (element: HTMLElement | null) => {
    ref.current = element
  }
  if (list === undefined)
    return (
      <tbody ref={setRef} className="block" style={style}>
        {isDrawn ? children : null}
      </tbody>
    )
  return (
    <ul ref={setRef} aria-label={list} className="m-0 list-none p-0" style={style}>
      {isDrawn ? children : null}
    </ul>
  )
}
