import { formatBytes, formatCount } from '@/components/ui/format'
import type { Evidence, Metric } from '@/lib/domain/evidence'
import { Panel } from './panel'

/** A metric's value in its unit. */
export function formatMetric(value: number, unit: string): string {
  if (unit === 'ratio') return `${Math.round(value * 1_000) / 10} %`
  if (unit === 'B') return formatBytes(value)
  const rounded = Math.abs(value) >= 100 || Number.isInteger(value) ? formatCount(value) : String(Math.round(value * 100) / 100)
  return unit === '' ? rounded : `${rounded} ${unit}`
}

const isOver = ({ value, threshold }: Metric) => threshold !== null && value >= threshold

/** A detector with two windows may state the same line twice. */
function distinct(metrics: readonly Metric[]): readonly Metric[] {
  const seen = new Set<string>()
  return metrics.filter(({ label, value, threshold }) => {
    const line = JSON.stringify([label, value, threshold])
    return !seen.has(line) && seen.add(line)
  })
}

/** The numbers the alarm was raised on: what crossed its threshold in view, the rest to unfold. */
export function MetricsPanel({ evidence }: { readonly evidence: Evidence }) {
  const { metrics, bytesUp } = evidence
  const measures = distinct(metrics)
  const over = measures.filter(isOver)
  const rest = measures.filter((metric) => !isOver(metric))
  return (
    <Panel title="Measured" description={`${over.length} of ${measures.length} measures lie at or over their threshold.`}>
      <MetricTable metrics={over.length > 0 ? over : rest} label="Measures over their threshold" />
      {bytesUp && (
        <p className="m-0 flex justify-between gap-3 border-line border-t py-1.5">
          <span>Carried out in the names, estimated</span>
          <span className="tabular whitespace-nowrap">
            {formatBytes(bytesUp.low)}
            {bytesUp.high === bytesUp.low ? '' : ` to ${formatBytes(bytesUp.high)}`}
          </span>
        </p>
      )}
      {over.length > 0 && rest.length > 0 && (
        <details className="border-line border-t pt-1.5">
          <summary className="min-h-6 text-accent text-sm">{rest.length} more measures</summary>
          <MetricTable metrics={rest} label="Further measures" />
        </details>
      )}
    </Panel>
  )
}

function MetricTable({ metrics, label }: { readonly metrics: readonly Metric[]; readonly label: string }) {
  return (
    <table className="w-full text-base" aria-label={label}>
      <thead>
        <tr className="text-left text-muted text-xs">
          <th scope="col" className="pb-1 font-medium">
            Measure
          </th>
          <th scope="col" className="pb-1 text-right font-medium">
            Value
          </th>
          <th scope="col" className="pb-1 pl-4 text-right font-medium">
            Threshold
          </th>
        </tr>
      </thead>
      <tbody>
        {metrics.map((metric) => (
          <MetricLine key={metric.id} metric={metric} />
        ))}
      </tbody>
    </table>
  )
}

function MetricLine({ metric }: { readonly metric: Metric }) {
  const over = isOver(metric)
  return (
    <tr>
      <th scope="row" className="border-line border-t py-1.5 pr-3 text-left font-normal">
        {metric.label}
      </th>
      <td className={`tabular whitespace-nowrap border-line border-t py-1.5 text-right ${over ? 'font-semibold' : ''}`}>
        {formatMetric(metric.value, metric.unit)}
        {over && <span className="sr-only">, at or over its threshold</span>}
      </td>
      <td className="tabular whitespace-nowrap border-line border-t py-1.5 pl-4 text-right text-muted">
        {metric.threshold === null ? <span className="text-faint">none</span> : formatMetric(metric.threshold, metric.unit)}
      </td>
    </tr>
  )
}
