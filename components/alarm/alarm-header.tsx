'use client'

import Link from 'next/link'
import { useEffect, useRef } from 'react'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { SeverityBadge } from '@/components/ui/severity-badge'
import type { Alarm } from '@/lib/domain/alarm'
import { domainHref } from '@/lib/url/events-search-params'
import { AlarmBrief } from './alarm-brief'
import type { GuideSection } from './guide-document'
import { defangedText, indicatorsOf } from './indicators'
import { NextSteps } from './next-steps'
import { outcomeLabel } from './outcomes'

interface AlarmHeaderProps {
  readonly alarm: Alarm
  readonly guide: readonly GuideSection[]
  readonly detectorTitle: string
}

/** What, why, how sure, who, since when, and what to do: all that the first glance has to answer. */
export function AlarmHeader({ alarm, guide, detectorTitle }: AlarmHeaderProps) {
  const headingRef = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another alarm on the same page is a new heading to read
  useEffect(() => headingRef.current?.focus({ preventScroll: true }), [alarm.id])
  return (
    <header className="grid items-start gap-x-10 gap-y-4 pb-5 lg:grid-cols-[minmax(0,1fr)_22rem] 2xl:grid-cols-[minmax(0,1fr)_26rem]">
      <div className="flex min-w-0 flex-col gap-2">
        <div className="flex flex-wrap items-center gap-2">
          <SeverityBadge severity={alarm.severity} look="bars" />
          <StatusBadge alarm={alarm} />
          {alarm.tool && (
            <Badge tone="accent">
              {alarm.tool.name}, {alarm.tool.confidence}
            </Badge>
          )}
          {alarm.demo && <Badge>demo data</Badge>}
          <span className="text-muted text-sm">{detectorTitle}</span>
          <span className="text-faint text-sm">{alarm.id}</span>
          <span className="ml-auto max-sm:hidden" data-print="hide">
            <CopyButton showLabel label="Copy indicators" text={defangedText(indicatorsOf(alarm))} />
          </span>
        </div>
        <h1 ref={headingRef} tabIndex={-1} className="wrap-anywhere m-0 font-semibold text-xl tracking-[-0.011em] outline-none sm:text-2xl">
          {alarm.zone ? (
            <Link href={domainHref(alarm.zone)} prefetch={false} className="text-ink no-underline hover:underline">
              <NameText name={alarm.zone} zone={alarm.zone} full />
            </Link>
          ) : (
            <InertText text={alarm.hostName ?? alarm.source ?? 'Unnamed host'} />
          )}
        </h1>
        <p className="wrap-anywhere m-0 max-w-[88ch] text-base sm:text-lg">
          <InertText text={alarm.summary} />
        </p>
      </div>
      <NextSteps alarm={alarm} guide={guide} className="lg:col-start-2 lg:row-span-2" />
      <AlarmBrief alarm={alarm} />
    </header>
  )
}

function StatusBadge({ alarm }: { readonly alarm: Alarm }) {
  if (alarm.status === 'closed' && alarm.decision) {
    return (
      <Badge>
        Closed as {outcomeLabel(alarm.decision.reason, alarm.decision.family)} by <InertText text={alarm.decision.byName} />
      </Badge>
    )
  }
  if (alarm.status === 'suppressed')
    return <Badge tone="warn">{alarm.suppressedByEntryId === null ? 'Explained by the benign catalogue' : 'Hidden by the allowlist'}</Badge>
  return <Badge tone={alarm.status === 'open' ? 'accent' : 'neutral'}>{alarm.status === 'open' ? 'Open' : 'Escalated'}</Badge>
}
