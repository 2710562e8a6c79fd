'use client'
import { useQuery } from '@tanstack/react-query'
import { Panel } from '@/components/alarm/panel'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { formatCount, plural } from '@/components/ui/format'
import { SkeletonRows } from '@/components/ui/skeleton'
import { INDICATOR_WORDS, type IndicatorList, type Indicators } from '@/lib/domain/escalation-indicators'
import { defang, inertText } from '@/lib/domain/inert-text'
import { indicatorsOptions } from '@/lib/queries/escalations'
import { failureOf } from '@/lib/queries/failure'

type Kind = keyof Indicators
const KINDS = Object.keys(INDICATOR_WORDS) as Kind[]
const SHOWN = 8

/** Names and addresses are copied so that no program makes a link of them; people's names stay readable. */
export const safeCopy = (kind: Kind, values: readonly string[]): string =>
  values.map((value) => (kind === 'users' ? inertText(value) : defang(value))).join('\n')

/** What to search for and to block, over all alarms. */
export function IndicatorsPanel({ escalationId, alarmIds }: { readonly escalationId: string; readonly alarmIds: readonly string[] }) {
  const { data, error, refetch } = useQuery(indicatorsOptions(escalationId, alarmIds))
  const indicators = data?.indicators
  const everything =
    indicators === undefined
      ? ''
      : KINDS.map((kind) => sectionOf(kind, indicators[kind]))
          .filter(Boolean)
          .join('\n\n')
  return (
    <Panel
      title="Indicators"
      description="Copied defanged, so that no program makes a link of them."
      actions={everything === '' ? null : <CopyButton text={everything} label="Copy all, defanged" showLabel />}
    >
      {indicators === undefined ? (
        error === null ? (
          <SkeletonRows rows={3} label="Gathering the indicators" />
        ) : (
          <p className="m-0 text-muted text-sm">
            {failureOf(error).detail}{' '}
            <Button size="sm" onClick={() => void refetch()}>
              Try again
            </Button>
          </p>
        )
      ) : (
        <dl className="m-0 grid grid-cols-1 gap-x-6 gap-y-4 sm:grid-cols-2">
          {KINDS.map((kind) => (
            <Values key={kind} kind={kind} list={indicators[kind]} />
          ))}
        </dl>
      )}
    </Panel>
  )
}

const sectionOf = (kind: Kind, { values }: IndicatorList): string =>
  values.length === 0 ? '' : `${INDICATOR_WORDS[kind]}\n${safeCopy(kind, values)}`

function Values({ kind, list: { values, omitted } }: { readonly kind: Kind; readonly list: IndicatorList }) {
  if (values.length === 0) return null
  const beyond = values.length - SHOWN + omitted
  return (
    <div className="min-w-0">
      <dt className="flex items-center justify-between gap-2 text-muted text-sm">
        <span>
          {INDICATOR_WORDS[kind]} <span className="tabular text-faint">{formatCount(values.length + omitted)}</span>
        </span>
        <CopyButton text={safeCopy(kind, values)} label={`Copy ${INDICATOR_WORDS[kind].toLowerCase()}`} />
      </dt>
      <dd className="m-0">
        <ul className="m-0 list-none p-0 font-mono text-sm">
          {values.slice(0, SHOWN).map((value) => (
            <li key={value} className="truncate" title={inertText(value)}>
              <bdi>{kind === 'users' ? inertText(value) : defang(value)}</bdi>
            </li>
          ))}
        </ul>
        {values.length > SHOWN || omitted > 0 ? (
          <p className="m-0 text-faint text-xs">
            and {formatCount(beyond)} more
            {omitted > 0 ? `; ${plural(omitted, 'value')} beyond what is kept` : ', in the copy and the hand-over'}
          </p>
        ) : null}
      </dd>
    </div>
  )
}
