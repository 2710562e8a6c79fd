import { ChartFigure } from '@/components/chart/chart-figure'
import { formatCount } from '@/components/ui/format'
import type { Timing } from '@/lib/domain/evidence'
import { Panel } from './panel'

const TITLES = { regular: 'A steady beat', irregular: 'No steady beat', 'too-few': 'Too few lookups to tell a beat' } as const

/** Two digits are enough: a bar spans half an octave. */
function gapText(ms: number): string {
  const [value, unit] = ms < 1_000 ? [ms, 'ms'] : ms < 120_000 ? [ms / 1_000, 's'] : [ms / 60_000, 'min']
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}

/** Whether lookups follow a beat, as a program's do: gaps from one lookup to the next, on a logarithmic scale. */
export function TimingPanel({ timing }: { readonly timing: Timing }) {
  const most = Math.max(1, ...timing.histogram.map(({ count }) => count))
  const [first] = timing.histogram
  const last = timing.histogram.at(-1)
  const twin = {
    columns: [{ header: 'Time since the lookup before' }, { header: 'Lookups', numeric: true }],
    rows: timing.histogram.map(({ fromMs, toMs, count }) => [`${gapText(fromMs)} – ${gapText(toMs)}`, formatCount(count)]),
  }
  return (
    <Panel id="timing" title="Timing" description="What a beacon cannot hide: when the next lookup follows.">
      {first === undefined || last === undefined ? (
        <p className="m-0 text-sm">{timing.sentence}</p>
      ) : (
        <ChartFigure title={TITLES[timing.verdict]} summary={timing.sentence} twin={twin}>
          <div className="flex h-full flex-col" aria-hidden="true">
            <div className="flex min-h-0 flex-1 items-end gap-px border-line-strong border-b">
              {timing.histogram.map(({ fromMs, toMs, count }) => (
                <div
                  key={fromMs}
                  className={`min-w-0 max-w-16 flex-1 rounded-t-sm ${isBeat(timing, fromMs, toMs) ? 'bg-chart-series' : 'bg-chart-base'}`}
                  style={{ height: count === 0 ? 0 : `${Math.max(2, (100 * count) / most)}%` }}
                />
              ))}
            </div>
            <div className="flex justify-between pt-1 text-faint text-xs">
              <span>{gapText(first.fromMs)}</span>
              <span>{gapText(last.toMs)}</span>
            </div>
          </div>
        </ChartFigure>
      )}
    </Panel>
  )
}

const isBeat = ({ periodMs }: Timing, fromMs: number, toMs: number): boolean => periodMs !== null && periodMs >= fromMs && periodMs < toMs
