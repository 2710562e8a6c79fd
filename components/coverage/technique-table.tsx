import Link from 'next/link'
import { formatCount } from '@/components/ui/format'
import { sumCounts, type TacticGroup } from './group-by-tactic'
import { OffMark, techniqueHref } from './technique-cell'

/** The same as the cells, for narrow pages and for reading line by line. */
export function TechniqueTable({ groups }: { readonly groups: readonly TacticGroup[] }) {
  const head = 'h-8 whitespace-nowrap border-line border-b px-2 font-medium text-faint text-xs first:pl-3 last:pr-3'
  const cell = 'border-line border-b px-2 py-2 align-top first:pl-3 last:pr-3'
  return (
    <div className="rounded-md border border-line bg-surface">
      <table className="w-full text-base">
        <caption className="sr-only">Techniques by tactic, with their alarms</caption>
        <thead>
          <tr>
            <th scope="col" className={`${head} text-left`}>
              Technique
            </th>
            <th scope="col" className={`${head} text-right`}>
              Open
            </th>
            <th scope="col" className={`${head} text-right`}>
              True pos.
            </th>
            <th scope="col" className={`${head} text-right`}>
              All
            </th>
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.tactic}>
            <tr>
              <th scope="rowgroup" colSpan={4} className="border-line border-b bg-sunken/60 px-3 py-1.5 text-left font-semibold text-sm">
                {group.title}
              </th>
            </tr>
            {group.techniques.map((technique) => {
              const all = sumCounts(technique.detectors)
              return (
                <tr key={technique.id}>
                  <th scope="row" className={`${cell} text-left font-normal`}>
                    <Link href={techniqueHref(technique.id)} className="font-medium text-accent">
                      {technique.name}
                    </Link>
                    <span className="block text-muted text-xs">
                      <code>{technique.id}</code>{' '}
                      {technique.detectors.map((detector, index) => (
                        <span key={detector.id}>
                          {index === 0 ? '' : ', '}
                          {detector.title} <OffMark detectorId={detector.id} />
                        </span>
                      ))}
                    </span>
                  </th>
                  <td className={`${cell} tabular text-right`}>{formatCount(all.open)}</td>
                  <td className={`${cell} tabular text-right`}>{formatCount(all.truePositive)}</td>
                  <td className={`${cell} tabular text-right`}>{formatCount(all.alarms)}</td>
                </tr>
              )
            })}
          </tbody>
        ))}
      </table>
    </div>
  )
}
