'use client'
import type { Route } from 'next'
import Link from 'next/link'
import { plural } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'

interface DetectorsOffBannerProps {
  readonly detectors: readonly { readonly id: string; readonly title: string }[]
}

/** On every page while a detector is off: an empty queue means less than it seems. */
export function DetectorsOffBanner({ detectors }: DetectorsOffBannerProps) {
  return (
    <section
      aria-label="Detectors that are off"
      data-print="hide"
      className="flex items-start gap-3 border-danger-line border-b bg-danger-soft px-4 py-1.5 text-sm sm:px-7"
    >
      <Icon name="warning" className="mt-0.5 shrink-0 text-danger" />
      <p className="m-0 min-w-0">
        <strong className="font-semibold">{plural(detectors.length, 'detector')} switched off.</strong> Its silence proves nothing:{' '}
        {detectors.map(({ id, title }, index) => (
          <span key={id}>
            {index === 0 ? '' : ', '}
            <Link href={`/detectors/${encodeURIComponent(id)}` as Route} className="text-ink underline underline-offset-2">
              {title}
            </Link>
          </span>
        ))}
        .
      </p>
    </section>
  )
}
