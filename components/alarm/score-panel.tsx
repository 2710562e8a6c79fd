import { Badge } from '@/components/ui/badge'
import { severityWord } from '@/components/ui/severity-badge'
import type { Alarm } from '@/lib/domain/alarm'
import type { ScoreTerm } from '@/lib/domain/evidence'
import { SEVERITY_RISK, severityOf } from '@/lib/domain/severity'
import { Panel } from './panel'

const signed = (points: number) => `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(Math.round(points * 10) / 10)}`

/** The score as terms that add up, largest first, what counts against it last. */
export function ScorePanel({ alarm }: { readonly alarm: Alarm }) {
  const terms = alarm.scoreTerms.toSorted((a, b) => b.points - a.points)
  const sum = terms.reduce((total, term) => total + term.points, 0)
  const largest = Math.max(...terms.map((term) => Math.abs(term.points)), 1)
  const band = severityOf(alarm.score)
  return (
    <Panel id="score" title="Why this score" description={`${terms.length} terms add up to ${Math.round(alarm.score)} of 100.`}>
      <ul className="m-0 flex list-none flex-col gap-0 p-0">
        {terms.map((term) => (
          <TermLine key={term.id} term={term} largest={largest} />
        ))}
      </ul>
      <div className="mt-2 flex flex-wrap items-center justify-between gap-2 border-line-strong border-t pt-2 text-base">
        <span>
          Sum {signed(sum)}
          {Math.round(sum) !== Math.round(alarm.score) && `, shown within 0–100 as ${Math.round(alarm.score)}`}
        </span>
        <span className="flex flex-wrap gap-1.5">
          <Badge>
            {severityWord(band)} from {band === 'low' ? 0 : SEVERITY_RISK[band]}
          </Badge>
          {alarm.severity !== band && <Badge>raised to {alarm.severity}: the rule’s own severity</Badge>}
        </span>
      </div>
    </Panel>
  )
}

function TermLine({ term, largest }: { readonly term: ScoreTerm; readonly largest: number }) {
  const width = (Math.abs(term.points) / largest) * 100
  return (
    <li className="grid grid-cols-[3rem_minmax(0,1fr)] gap-x-3 border-line border-b py-1.5 last:border-b-0">
      <strong className="tabular text-right font-semibold">{signed(term.points)}</strong>
      <span className="min-w-0">
        <span className="wrap-anywhere block text-sm">{term.sentence}</span>
        <span aria-hidden="true" className="mt-1 block h-1 rounded-full bg-line">
          <span
            className={`block h-1 rounded-full ${term.points < 0 ? 'bg-chart-base' : 'bg-chart-series'}`}
            style={{ width: `${width}%` }}
          />
        </span>
      </span>
    </li>
  )
}
