'use client'

import { type ReactNode, useEffect, useRef } from 'react'
import { Badge } from '@/components/ui/badge'
import { CopyButton } from '@/components/ui/copy-button'
import { formatCount, formatDuration } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { TimeText } from '@/components/ui/time-text'
import type { Alarm } from '@/lib/domain/alarm'
import { defangedText, indicatorsOf } from './indicators'
import { outcomeLabel } from './outcomes'

interface AlarmHeaderProps {
  readonly alarm: Alarm
  readonly detectorTitle: string
}

/** Where, who, how bad, since when; and the one sentence why. */
export function AlarmHeader({ alarm, detectorTitle }: AlarmHeaderProps) {
  const headingRef = useRef<HTMLHeadingElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another alarm on the same page is a new heading to read
  useEffect(() => headingRef.current?.focus({ preventScroll: true }), [alarm.id])
  return (
    <header className="flex flex-col gap-2 pb-4">
      <div className="flex flex-wrap items-center gap-2">
        <SeverityBadge severity={alarm.severity} look="bars" />
        <StatusBadge alarm={alarm} />
        {alarm.tool && (
          <Badge tone="accent">
            {alarm.tool.name}, {alarm.tool.confidence}
          </Badge>
        )}
        {alarm.demo && <Badge>demo data</Badge>}
        <span className="text-faint text-sm">{alarm.id}</span>
      </div>
      <h1 ref={headingRef} tabIndex={-1} className="wrap-anywhere m-0 font-semibold text-xl outline-none">
        {alarm.zone ? (
          <NameText name={alarm.zone} zone={alarm.zone} full />
        ) : (
          <InertText text={alarm.hostName ?? alarm.source ?? 'Unnamed host'} />
        )}
      </h1>
      <p className="wrap-anywhere m-0 max-w-[80ch] text-lg">
        <InertText text={alarm.summary} />
      </p>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-1.5">
        <dl className="m-0 flex flex-wrap gap-x-6 gap-y-1.5 text-base">
          <Fact label="Source" value={<InertText text={alarm.source ?? 'every source'} />} />
          {alarm.hostName && <Fact label="Host" value={<InertText text={alarm.hostName} />} />}
          {alarm.userName && <Fact label="User" value={<InertText text={alarm.userName} />} />}
          <Fact label="Detector" value={detectorTitle} />
          <Fact label="Queries" value={`${formatCount(alarm.queries)}, ${formatCount(alarm.distinctNames)} distinct`} />
          <Fact label="First seen" value={<TimeText at={alarm.firstSeenAt} />} />
          <Fact
            label="Last seen"
            value={
              <>
                <TimeText at={alarm.lastSeenAt} relative />, over {formatDuration(alarm.lastSeenAt - alarm.firstSeenAt)}
              </>
            }
          />
          <Fact label="Version" value={String(alarm.version)} />
        </dl>
        <div data-print="hide">
          <CopyButton showLabel label="Copy indicators" text={defangedText(indicatorsOf(alarm))} />
        </div>
      </div>
    </header>
  )
}

function Fact({ label, value }: { readonly label: string; readonly value: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="eyebrow">{label}</dt>
      <dd className="wrap-anywhere m-0">{value}</dd>
    </div>
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
