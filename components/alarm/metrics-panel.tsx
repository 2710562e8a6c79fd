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

/** The numbers the alarm was raised on, each beside what it was compared with. */
export function MetricsPanel({ evidence }: { readonly evidence: Evidence }) {
  const { metrics, bytesUp } = evidence
  return (
    <Panel title="Measured" description="Value beside the threshold it was compared with.">
      <table className="w-full text-base">
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
          {bytesUp && (
            <tr>
              <th scope="row" className="border-line border-t py-1.5 pr-3 text-left font-normal">
                Carried out in names, estimated
              </th>
              <td className="tabular whitespace-nowrap border-line border-t py-1.5 text-right">
                {formatBytes(bytesUp.low)} to {formatBytes(bytesUp.high)}
              </td>
              <td className="border-line border-t py-1.5 pl-4 text-right text-faint">none</td>
            </tr>
          )}
        </tbody>
      </table>
    </Panel>
  )
}

function MetricLine({ metric }: { readonly metric: Metric }) {
  const over = metric.threshold !== null && metric.value >= metric.threshold
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
