import { inertText } from '@/components/ui/inert-text'
import type { TypeMix } from '@/lib/domain/evidence'
import { Panel } from './panel'

const MAX_ROWS = 8

function shareText(share: number): string {
  if (share === 0) return '0 %'
  if (share < 0.001) return '< 0.1 %'
  return `${share < 0.1 ? (100 * share).toFixed(1) : Math.round(100 * share)} %`
}

/** Record types of this alarm beside those of everybody else in the same hour. */
export function TypeMixPanel({ mix }: { readonly mix: TypeMix }) {
  const comparable = mix.divergence !== null
  return (
    <Panel id="types" title="Record types against the network" description={mix.sentence}>
      <table className="w-full text-sm">
        <thead className="text-left text-faint text-xs">
          <tr>
            <th scope="col" className="w-20 py-1 pr-3 font-medium">
              Type
            </th>
            <th scope="col" className="py-1 pr-3 font-medium">
              This zone
            </th>
            <th scope="col" className="py-1 font-medium">
              All others
            </th>
          </tr>
        </thead>
        <tbody>
          {mix.rows.slice(0, MAX_ROWS).map((row) => (
            <tr key={row.type} className="border-line border-t">
              <th scope="row" className="inert py-1 pr-3 text-left font-normal">
                {row.type === '-' ? 'not told' : inertText(row.type)}
              </th>
              <td className="py-1 pr-3">
                <Share value={row.own} color="bg-chart-series" />
              </td>
              <td className="py-1">
                {comparable ? <Share value={row.others} color="bg-chart-base" /> : <span className="text-faint">too few</span>}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Panel>
  )
}

function Share({ value, color }: { readonly value: number; readonly color: string }) {
  return (
    <span className="grid grid-cols-[3.5rem_minmax(0,1fr)] items-center gap-2">
      <span className="tabular text-right">{shareText(value)}</span>
      <span aria-hidden="true" className="h-1.5 rounded-full bg-line">
        <span className={`block h-1.5 rounded-full ${color}`} style={{ width: `${100 * value}%` }} />
      </span>
    </span>
  )
}
