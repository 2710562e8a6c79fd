import type { Route } from 'next'
import Link from 'next/link'
import { GuideBlocks } from '@/components/alarm/guide-blocks'
import type { GuideSection } from '@/components/alarm/guide-document'
import { Panel } from '@/components/alarm/panel'
import { CodeBlock } from '@/components/ui/code-block'
import { formatDuration } from '@/components/ui/format'
import { SeverityBadge } from '@/components/ui/severity-badge'
import { Stat, StatList } from '@/components/ui/stat'
import type { Severity } from '@/lib/domain/severity'
import { techniqueTitle } from '@/lib/domain/techniques'

/** What a rule states of itself; nothing of it can be changed here. */
export interface RuleFacts {
  readonly severity: Severity
  readonly risk: number
  readonly intervalMs: number
  readonly lookBackMs: number
  readonly maxAlarmsPerRun: number | null
  readonly after: string
  readonly techniques: readonly string[]
  readonly families: readonly string[]
  readonly queries: readonly { readonly label: string; readonly kql: string }[]
}

export function DetectorFacts({ facts }: { readonly facts: RuleFacts }) {
  return (
    <Panel id="looks" title="What it looks at" description={`Modelled on: ${facts.after}`}>
      <StatList className="mb-4">
        <Stat label="Severity" value={<SeverityBadge severity={facts.severity} />} hint={`risk ${facts.risk} of 100`} />
        <Stat label="Looks every" value={formatDuration(facts.intervalMs)} hint="of event time" />
        <Stat label="Looks back" value={formatDuration(facts.lookBackMs)} hint="by the rule" />
        <Stat label="Alarms a run" value={facts.maxAlarmsPerRun ?? 'no limit'} />
      </StatList>
      {facts.queries.map(({ label, kql }) => (
        <div key={label} className="mb-3">
          <h3 className="eyebrow m-0 mb-1">{label}</h3>
          <CodeBlock code={kql} label={`Copy: ${label}`} />
        </div>
      ))}
      <div className="grid gap-4 sm:grid-cols-2">
        <div>
          <h3 className="eyebrow m-0 mb-1">Techniques it can claim</h3>
          <ul className="m-0 list-none p-0 text-sm">
            {facts.techniques.map((id) => (
              <li key={id}>
                <Link href={`/coverage#${id}` as Route} className="text-accent">
                  <code>{id}</code>
                </Link>{' '}
                {techniqueTitle(id)}
              </li>
            ))}
          </ul>
        </div>
        <div>
          <h3 className="eyebrow m-0 mb-1">Known false positives</h3>
          <ul className="m-0 list-none p-0 text-sm">
            {facts.families.map((family) => (
              <li key={family}>{family}</li>
            ))}
          </ul>
        </div>
      </div>
    </Panel>
  )
}

export function DetectorGuide({ guide }: { readonly guide: readonly GuideSection[] }) {
  return (
    <Panel id="guide" title="Guide" description="As it stands beside its alarms.">
      {guide.map((section, index) => (
        <details key={section.title} open={index === 0} className="border-line border-t py-2 last:border-b">
          <summary className="min-h-6 font-medium">{section.title || 'About this detector'}</summary>
          <div className="pt-2 text-base">
            <GuideBlocks blocks={section.blocks} />
          </div>
        </details>
      ))}
    </Panel>
  )
}
