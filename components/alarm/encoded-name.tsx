'use client'

import { safeName } from '@/components/ui/dns-name'

interface EncodedNameProps {
  readonly name: string
  readonly zone: string | null
  /** Long names are cut after two lines; the whole name is in the title and in every copy. */
  readonly clamp?: boolean
}

/** A whole name with the part that can carry data marked: every label in front of the zone. */
export function EncodedName({ name, zone, clamp = false }: EncodedNameProps) {
  const full = safeName(name)
  const tail = zone === null ? '' : safeName(zone)
  const inZone = tail !== '' && full.endsWith(`.${tail}`)
  const head = inZone ? full.slice(0, -tail.length - 1) : tail === full ? '' : full
  return (
    <bdi dir="ltr" title={clamp ? full : undefined} className={`inert text-sm ${clamp ? 'line-clamp-2' : ''}`}>
      {head !== '' && <mark className="rounded-xs bg-selected px-0.5 text-ink">{head}</mark>}
      {inZone ? '.' : ''}
      {(inZone || tail === full) && <span className="text-muted">{tail}</span>}
    </bdi>
  )
}
