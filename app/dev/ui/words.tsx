import { Badge } from '@/components/ui/badge'
import { CodeBlock } from '@/components/ui/code-block'
import { EmptyState } from '@/components/ui/empty-state'
import { ErrorPanel } from '@/components/ui/error-panel'
import { InertText } from '@/components/ui/inert-text'
import { Kbd } from '@/components/ui/kbd'
import { NameText } from '@/components/ui/name-text'
import { Notice } from '@/components/ui/notice'
import { Progress } from '@/components/ui/progress'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton'
import { Spinner } from '@/components/ui/spinner'
import { Stat, StatList } from '@/components/ui/stat'
import { TimeText } from '@/components/ui/time-text'
import { SEVERITIES } from '@/lib/domain/severity'
import { Specimen } from './specimen'

const HOSTILE = '<img src=x onerror=alert(1)> \u202Etxt.exe \u0000 \u001b[31m'
const LONG = `${'mzxw6ytboi'.repeat(6)}.${'nb2hi4dthixs'.repeat(4)}.t.example.com`
/** 2026-11-22T03:00:00Z */
const AN_INSTANT = 1_795_316_400_000

export function Words() {
  return (
    <>
      <Specimen name="Severity">
        {(['full', 'bars', 'compact'] as const).flatMap((look) =>
          SEVERITIES.map((severity) => <SeverityBadge key={`${look} ${severity}`} severity={severity} look={look} />),
        )}
      </Specimen>
      <Specimen name="Badge and Kbd">
        {(['neutral', 'accent', 'warn', 'danger'] as const).map((tone) => (
          <Badge key={tone} tone={tone}>
            {tone}
          </Badge>
        ))}
        <span className="flex gap-1">
          <Kbd>e</Kbd> <Kbd>5</Kbd> <Kbd>Ctrl K</Kbd>
        </span>
      </Specimen>
      <Specimen name="Text from elsewhere">
        <InertText text={HOSTILE} />
        <InertText text={HOSTILE} limit={10} />
        <span className="w-72 min-w-0">
          <NameText name={LONG} zone="example.com" />
        </span>
        <span className="w-72 min-w-0">
          <NameText name={LONG} zone="example.com" full />
        </span>
        <NameText name="xn--bcher-kva.example" zone="xn--bcher-kva.example" />
      </Specimen>
      <Specimen name="Time and numbers">
        <TimeText at={AN_INSTANT} />
        <TimeText at={AN_INSTANT} precision="minute" />
        <TimeText at={AN_INSTANT} relative />
        <StatList>
          <Stat label="Queries" value="1,284" hint="since yesterday" />
          <Stat label="Zones" value="—" />
        </StatList>
      </Specimen>
      <Waiting />
      <Specimen name="EmptyState">
        {(['first', 'clear', 'filtered', 'forbidden', 'blind'] as const).map((kind) => (
          <EmptyState key={kind} kind={kind} title={`Nothing: ${kind}`} className="w-72">
            Why, and what to do about it.
          </EmptyState>
        ))}
      </Specimen>
      <Specimen name="CodeBlock">
        <CodeBlock label="A line of shell" code={'curl -fsS https://localhost/api/v1/health'} />
      </Specimen>
    </>
  )
}

function Waiting() {
  return (
    <>
      <Specimen name="Notice">
        {(['neutral', 'warn', 'danger'] as const).map((tone) => (
          <Notice key={tone} tone={tone} className="w-80">
            What a {tone} notice says.
          </Notice>
        ))}
      </Specimen>
      <Specimen name="Loading">
        <Spinner />
        <Skeleton className="h-8 w-40" />
        <div className="w-80">
          <SkeletonRows rows={3} />
        </div>
        <Progress label="Known share" value={0.4} className="w-40" />
        <Progress label="Unknown share" value={null} className="w-40" />
      </Specimen>
      <Specimen name="ErrorPanel">
        <ErrorPanel title="The alarms could not be loaded" detail="The server did not answer." requestId="3f0c" className="w-full" />
      </Specimen>
    </>
  )
}
