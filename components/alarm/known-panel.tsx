import type { ReactNode } from 'react'
import { formatBytes } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import type { Evidence } from '@/lib/domain/evidence'
import { Panel } from './panel'

/** What the alarm knows in plain words: how much went which way, how the names read, who may be hidden. */
export function KnownPanel({ evidence }: { readonly evidence: Evidence }) {
  const { bytesUp, bytesDown, readability, resolver } = evidence
  if (readability === null && bytesDown === null && resolver === null) return null
  return (
    <Panel id="known" title="What is known">
      <dl className="m-0 flex flex-col gap-3 text-sm">
        <Fact label="Carried out, in the names" value={rangeText(bytesUp, 'Nothing that could carry data.')} />
        <Fact label="Carried in, in the answers" value={rangeText(bytesDown, 'The log tells no sizes of answers.')} />
        {readability !== null && <Fact label="How the names read" value={readability.sentence} />}
        {resolver !== null && <Fact label="The client may be hidden" value={<InertText text={resolver} />} />}
      </dl>
    </Panel>
  )
}

const rangeText = (range: Evidence['bytesUp'], otherwise: string): string =>
  range === null
    ? otherwise
    : range.low === range.high
      ? formatBytes(range.high)
      : `${formatBytes(range.low)} to ${formatBytes(range.high)}`

function Fact({ label, value }: { readonly label: string; readonly value: ReactNode }) {
  return (
    <div className="min-w-0">
      <dt className="text-faint text-xs">{label}</dt>
      <dd className="wrap-anywhere m-0">{value}</dd>
    </div>
  )
}
