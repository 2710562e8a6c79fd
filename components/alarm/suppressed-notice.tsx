import Link from 'next/link'
import { InertText } from '@/components/ui/inert-text'
import { Notice } from '@/components/ui/notice'
import type { Alarm } from '@/lib/domain/alarm'

/** Why a hidden alarm is hidden, and what brings it back. */
export function SuppressedNotice({ alarm }: { readonly alarm: Alarm }) {
  if (alarm.status !== 'suppressed') return null
  if (alarm.suppressedByEntryId === null && alarm.evidence.suppression !== null) {
    return (
      <Notice>
        Not an open alarm, because of the <InertText text={alarm.evidence.suppression} />. It opens by itself when more is seen than that
        explains, and you can reopen it now.
      </Notice>
    )
  }
  return (
    <Notice>
      An allowlist entry hides this alarm. It comes back when the entry is removed or ends: <Link href="/allowlist">see the allowlist</Link>
      .
    </Notice>
  )
}
