import type { Route } from 'next'
import Link from 'next/link'
import type { Judgement } from '@/lib/domain/evaluation'

export interface Doubt {
  readonly detectorId: string
  readonly detectorTitle: string
  readonly parameter: string
  readonly value: string | null
  readonly why: string
}

export function StillMissed({ missed }: { readonly missed: Judgement['missed'] }) {
  return (
    <section aria-labelledby="missed">
      <h2 id="missed" className="m-0 mb-3 font-semibold text-lg">
        What is still missed, and why
      </h2>
      <dl className="m-0 flex max-w-[76ch] flex-col gap-3 text-base">
        {missed.map(({ what, why }) => (
          <div key={what}>
            <dt className="font-semibold">{what}</dt>
            <dd className="m-0 text-muted">{why}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

export function DoubtfulThresholds({ doubtful }: { readonly doubtful: readonly Doubt[] }) {
  return (
    <section aria-labelledby="doubtful">
      <h2 id="doubtful" className="m-0 mb-3 font-semibold text-lg">
        The most doubtful thresholds
      </h2>
      <ol className="m-0 flex max-w-[76ch] flex-col gap-3 pl-5 text-base">
        {doubtful.map(({ detectorId, detectorTitle, parameter, value, why }) => (
          <li key={`${detectorId} ${parameter}`}>
            <strong className="font-semibold">{value === null ? parameter : `${parameter}: ${value}`}</strong>,{' '}
            <Link href={`/detectors/${encodeURIComponent(detectorId)}` as Route} className="text-accent underline underline-offset-2">
              {detectorTitle}
            </Link>
            <span className="block text-muted">{why}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
