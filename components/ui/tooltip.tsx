'use client'
import { cloneElement, type ReactElement, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'

type Side = 'top' | 'right' | 'bottom' | 'left'

interface TooltipProps {
  /** null: no hint for now; the trigger stays the same element, and keeps the focus. */
  readonly content: ReactNode
  /** The trigger; a focusable element that takes event handlers. */
  readonly children: ReactElement<Record<string, unknown>>
  readonly side?: Side
}

const REST_MS = 350
/** Long enough to move the pointer onto the hint (WCAG 1.4.13). */
const LEAVE_MS = 120
const GAP = 6
const MARGIN = 4

/** A hint on hover and focus. Never the only place where something is said, so that screen readers need not hear it twice. */
export function Tooltip({ content, children, side = 'top' }: TooltipProps) {
  const [anchor, setAnchor] = useState<Element | null>(null)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const later = (ms: number, next: Element | null) => {
    clearTimeout(timer.current)
    timer.current = setTimeout(() => setAnchor(next), ms)
  }
  const show = (element: Element) => {
    clearTimeout(timer.current)
    setAnchor(element)
  }
  const hide = () => {
    clearTimeout(timer.current)
    setAnchor(null)
  }
  useEffect(() => () => clearTimeout(timer.current), [])
  const trigger = cloneElement(children, {
    onPointerEnter: both(children, 'onPointerEnter', (event) => event.pointerType !== 'touch' && later(REST_MS, event.currentTarget)),
    onPointerLeave: both(children, 'onPointerLeave', () => later(LEAVE_MS, null)),
    onPointerDown: both(children, 'onPointerDown', hide),
    onFocus: both(children, 'onFocus', (event) => event.currentTarget.matches(':focus-visible') && show(event.currentTarget)),
    onBlur: both(children, 'onBlur', hide),
  })
  return (
    <>
      {trigger}
      {anchor && content !== null && (
        <Hint anchor={anchor} side={side} onEnter={() => clearTimeout(timer.current)} onLeave={() => later(LEAVE_MS, null)} onHide={hide}>
          {content}
        </Hint>
      )}
    </>
  )
}

interface TriggerEvent {
  readonly currentTarget: Element
  readonly pointerType?: string
}

/** The trigger's own handler, then ours. */
const both =
  (child: ReactElement<Record<string, unknown>>, name: string, ours: (event: TriggerEvent) => unknown) => (event: TriggerEvent) => {
    const own = child.props[name]
    if (typeof own === 'function') own(event)
    ours(event)
  }

interface HintProps {
  readonly anchor: Element
  readonly side: Side
  readonly onEnter: () => void
  readonly onLeave: () => void
  readonly onHide: () => void
  readonly children: ReactNode
}

function Hint({ anchor, side, onEnter, onLeave, onHide, children }: HintProps) {
  const ref = useRef<HTMLDivElement>(null)
  const [place, setPlace] = useState<{ readonly left: number; readonly top: number } | null>(null)
  useLayoutEffect(() => {
    if (ref.current) setPlace(placeOf(anchor.getBoundingClientRect(), ref.current.getBoundingClientRect(), side))
  }, [anchor, side])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && onHide()
    document.addEventListener('keydown', onKey)
    window.addEventListener('scroll', onHide, true)
    return () => {
      document.removeEventListener('keydown', onKey)
      window.removeEventListener('scroll', onHide, true)
    }
  }, [onHide])
  return createPortal(
    <div
      ref={ref}
      aria-hidden="true"
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
      style={place ?? { left: 0, top: 0, visibility: 'hidden' }}
      className="hairline fixed z-60 w-max max-w-72 rounded-md bg-raised px-2 py-1 text-ink text-xs shadow-float"
    >
      {children}
    </div>,
    document.body,
  )
}

/** Beside the anchor, on the other side when there is no room, and never past the edge of the window. */
function placeOf(anchor: DOMRect, hint: DOMRect, side: Side): { readonly left: number; readonly top: number } {
  const { innerWidth, innerHeight } = window
  const isBeside = side === 'left' || side === 'right'
  const before = isBeside ? anchor.left - hint.width - GAP : anchor.top - hint.height - GAP
  const after = isBeside ? anchor.right + GAP : anchor.bottom + GAP
  const room = isBeside ? innerWidth - hint.width : innerHeight - hint.height
  const wantsBefore = side === 'left' || side === 'top'
  const main = wantsBefore ? (before >= MARGIN ? before : after) : after <= room - MARGIN ? after : before
  const cross = isBeside ? anchor.top + (anchor.height - hint.height) / 2 : anchor.left + (anchor.width - hint.width) / 2
  const within = (value: number, size: number) => Math.max(MARGIN, Math.min(value, size - MARGIN))
  return isBeside
    ? { left: main, top: within(cross, innerHeight - hint.height) }
    : { left: within(cross, innerWidth - hint.width), top: main }
}
