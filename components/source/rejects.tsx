import { formatCount, plural } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import { InertText } from '@/components/ui/inert-text'
import type { LogSourceHealth } from '@/lib/domain/log-source'

/** `no-timestamp` → `no timestamp` */
export const inWords = (reason: string): string => reason.replaceAll('-', ' ')

/** What could not be read, by reason, with samples that show why. */
export function Rejects({ rejects }: { readonly rejects: LogSourceHealth['rejects'] }) {
  return rejects.map(({ reason, count, samples }) => (
    <details key={reason} className="group rounded-sm border border-line">
      <summary className="flex min-h-8 items-center gap-2 px-2.5 text-sm">
        <span className="tabular font-medium">{formatCount(count)}</span>
        <InertText text={inWords(reason)} limit={80} />
        <span className="ml-auto whitespace-nowrap text-faint text-xs">{plural(samples.length, 'sample')}</span>
        <Icon name="chevron-down" size={14} className="shrink-0 text-faint group-open:rotate-180" />
      </summary>
      <ul className="m-0 list-none border-line border-t p-0">
        {samples.map(({ recordNo, detail, sample }) => (
          <li key={`${recordNo}-${detail}`} className="border-line px-2.5 py-1.5 not-last:border-b">
            <p className="wrap-anywhere m-0 text-sm">
              <span className="tabular text-faint">Record {formatCount(recordNo)}: </span>
              <InertText text={detail} limit={300} />
            </p>
            <code className="inert block max-h-20 overflow-auto text-muted text-xs">
              <InertText text={sample} limit={512} />
            </code>
          </li>
        ))}
      </ul>
    </details>
  ))
}

/** The samples as a file: one JSON object a line, as they came. */
export const rejectsFile = (rejects: LogSourceHealth['rejects']): string =>
  rejects.flatMap(({ reason, samples }) => samples.map((sample) => `${JSON.stringify({ reason, ...sample })}\n`)).join('')
