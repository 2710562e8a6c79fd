'use client'

import { plural } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { Kbd } from '@/components/ui/kbd'
import { Notice } from '@/components/ui/notice'
import type { LiveDiff } from './live-diff'

interface NewAlarmsPillProps {
  readonly diff: LiveDiff
  /** The server no longer answers; what is on screen grows old. */
  readonly offline: boolean
  readonly onShow: () => void
}

/** What came in since the rows were drawn; they move only when asked. */
export function NewAlarmsPill({ diff, offline, onShow }: NewAlarmsPillProps) {
  const words = [diff.added > 0 && `${diff.added} new`, diff.gone.size > 0 && `${plural(diff.gone.size, 'row')} no longer here`].filter(
    Boolean,
  )
  return (
    <div aria-live="polite">
      {offline && <Notice tone="warn">The server does not answer. These rows may be old; decisions are refused until it is back.</Notice>}
      {words.length > 0 && (
        <button
          type="button"
          onClick={onShow}
          className="tap sticky top-2 z-10 mx-auto flex h-8 items-center gap-2 rounded-full border border-transparent bg-accent-fill px-3 font-medium text-accent-ink text-sm hover:bg-accent-fill-hover"
        >
          <Icon name="refresh" size={14} />
          {words.join(', ')}
          <span className="hidden sm:inline">
            <Kbd>r</Kbd>
          </span>
        </button>
      )}
    </div>
  )
}
