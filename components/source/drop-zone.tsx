'use client'
import { type DragEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { cx } from '@/components/ui/cx'
import { Icon } from '@/components/ui/icon'

interface DropZoneProps {
  readonly onFiles: (files: readonly File[]) => void
  /** Why this person may not import; null when they may. */
  readonly refusal: string | null
}

/** A place to drop logs, and a button for everyone who does not drag. */
export function DropZone({ onFiles, refusal }: DropZoneProps) {
  const [over, setOver] = useState(false)
  const picker = useRef<HTMLInputElement>(null)
  const allowed = refusal === null
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    if (allowed) onFiles([...event.dataTransfer.files])
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: -- dropping has no keyboard form; the button inside is the equal way in
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: -- the same
    <div
      onDragOver={(event) => {
        event.preventDefault()
        setOver(allowed)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      className={cx(
        'flex flex-wrap items-center gap-x-4 gap-y-3 rounded-md border border-dashed px-5 py-5 transition-colors',
        over ? 'border-accent bg-accent-soft' : 'border-line-strong/70 bg-surface',
      )}
    >
      <Icon name="upload" size={22} className={cx('shrink-0', over ? 'text-accent' : 'text-faint')} />
      <div className="min-w-0 flex-1 basis-56">
        <p className="m-0 font-semibold text-base">{over ? 'Drop to import' : 'Drop log files here'}</p>
        <p className="m-0 text-muted text-sm">
          Plain or gzipped, any number, any size. The format is recognised by content; importing a file twice adds nothing. An upload that
          is broken off goes on where it stopped.
        </p>
      </div>
      <Button variant="primary" disabledReason={refusal} onClick={() => picker.current?.click()}>
        Choose files
      </Button>
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label="Log files"
        onChange={(event) => {
          onFiles([...(event.target.files ?? [])])
          event.target.value = ''
        }}
      />
    </div>
  )
}
