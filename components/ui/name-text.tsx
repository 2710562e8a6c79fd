'use client'
import { type ClipboardEvent, useRef } from 'react'
import { cx } from './cx'
import { nameParts } from './dns-name'

interface NameTextProps {
  readonly name: string
  /** Its registrable part: drawn bold, and kept in sight when space runs out. */
  readonly zone?: string | null
  /** Show every character, wrapped, instead of one shortened line. */
  readonly full?: boolean
  readonly className?: string
}

/**
 * A DNS name, inert: text only, its own direction, every byte that is not printable ASCII escaped. Copying from it gives
 * the whole name, not the shortened one.
 */
export function NameText({ name, zone, full = false, className }: NameTextProps) {
  const ref = useRef<HTMLElement>(null)
  const parts = nameParts(name, zone)
  const copyWhole = (event: ClipboardEvent) => {
    const selection = window.getSelection()
    const inside = selection?.anchorNode && selection.focusNode && ref.current
    if (!inside || !ref.current?.contains(selection.anchorNode) || !ref.current.contains(selection.focusNode)) return
    event.clipboardData.setData('text/plain', parts.full)
    event.preventDefault()
  }
  const head = full ? parts.full.slice(0, parts.full.length - parts.zone.length) : parts.head
  return (
    <bdi
      ref={ref}
      dir="ltr"
      title={parts.full}
      onCopy={copyWhole}
      data-name=""
      className={cx('inert max-w-full text-[0.93em]', full ? 'inline' : 'inline-flex min-w-0 align-bottom', className)}
    >
      {head === '' ? null : <span className={cx(full ? undefined : 'min-w-0 truncate', parts.zone !== '' && 'text-muted')}>{head}</span>}
      {parts.zone === '' ? null : (
        <strong className={cx('font-semibold', full ? undefined : 'min-w-0 max-w-full shrink-0 truncate')}>{parts.zone}</strong>
      )}
      {parts.unicode === null ? null : (
        <bdi className={cx('ml-1.5 font-sans text-muted', full ? undefined : 'min-w-0 truncate')}>{`(${parts.unicode})`}</bdi>
      )}
    </bdi>
  )
}
