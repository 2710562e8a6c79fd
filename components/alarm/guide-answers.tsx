import type { ReactNode } from 'react'
import { formatBytes, formatCount, plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { Alarm } from '@/lib/domain/alarm'
import { EncodedName } from './encoded-name'
import { topTypes } from './evidence-series'

interface Answer {
  readonly id: string
  /** Words of a step that ask this. */
  readonly asked: RegExp
  /** What the alarm knows; null when it knows nothing. */
  readonly answer: (alarm: Alarm) => ReactNode
}

const shareList = (counts: Readonly<Record<string, number>>) => {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return topTypes(counts, 5)
    .map((key) => `${key === '-' ? 'no answer' : key} ${Math.round(((counts[key] ?? 0) / Math.max(total, 1)) * 100)} %`)
    .join(', ')
}

const isEmpty = (counts: Readonly<Record<string, number>>) => Object.keys(counts).length === 0

const ANSWERS: readonly Answer[] = [
  {
    id: 'names',
    asked: /nonsens|random|gibberish|readab|encod|entrop|look at the (names|labels)|labels?\b/i,
    answer: ({ evidence: { samples }, zone }) => {
      if (samples.length === 0) return null
      const unreadable = samples.filter((sample) => sample.unreadable).length
      return (
        <>
          {formatCount(unreadable)} of {formatCount(samples.length)} kept names are unreadable.
          <span className="mt-1 flex flex-col">
            {samples.slice(0, 3).map((sample) => (
              <EncodedName key={`${sample.name} ${sample.qtype}`} name={sample.name} zone={zone} />
            ))}
          </span>
        </>
      )
    },
  },
  {
    id: 'types',
    asked: /\b(record|query|resource)[ -]types?\b|\b(MX|CNAME|TXT|NULL)\b/,
    answer: ({ evidence: { byType } }) => (isEmpty(byType) ? null : `Types asked: ${shareList(byType)}.`),
  },
  {
    id: 'answers',
    asked: /\b(response|rcode|NXDOMAIN|answers?|answered|resolves?)\b/i,
    answer: ({ evidence: { byRcode } }) => (isEmpty(byRcode) ? null : `Answers: ${shareList(byRcode)}.`),
  },
  {
    id: 'sources',
    asked: /other (hosts?|sources?|clients?|machines?|systems?)|who else|how many (hosts?|sources?|clients?)|same domain|spread/i,
    answer: ({ evidence: { sources }, zone }) =>
      zone === null ? null : (
        <>
          {plural(Math.max(sources.length, 1), 'source')} asked for it while the alarm was open. <a href="#sources">Everyone in 30 days</a>
        </>
      ),
  },
  {
    id: 'related',
    asked: /48|other alarms?|related|past alarms?|correlat/i,
    answer: ({ recurrences }) => (
      <>
        {recurrences > 0 ? `It came back ${plural(recurrences, 'time')}. ` : 'It has not come back since. '}
        <a href="#related">Other alarms of zone, source and host</a>
      </>
    ),
  },
  {
    id: 'process',
    asked: /parent|process|script|execution chain|launch|spawn|command line/i,
    answer: ({ evidence: { processTree, processStarts }, userName }) => {
      const [root] = processTree
      if (root === undefined) return null
      return (
        <>
          {plural(processStarts.length, 'matched start')}, topmost known process <InertText text={root.name} className="font-semibold" />
          {userName ? (
            <>
              {' '}
              as <InertText text={userName} />
            </>
          ) : null}
          . <a href="#process">Process tree</a>
        </>
      )
    },
  },
  {
    id: 'carried',
    asked: /carr(y|ied|ies)|payload|exfiltrat|how much|volume of data|bytes|decode/i,
    answer: ({ evidence: { bytesUp } }) =>
      bytesUp ? `The names can have carried ${formatBytes(bytesUp.low)} to ${formatBytes(bytesUp.high)}.` : null,
  },
  {
    id: 'when',
    asked: /first seen|new (domain|here)|history|recent change|since when|how long|off-hours/i,
    answer: ({ firstSeenAt, lastSeenAt }) => (
      <>
        First lookup <TimeText at={firstSeenAt} />, last <TimeText at={lastSeenAt} />.
      </>
    ),
  },
  {
    id: 'tool',
    asked: /\btools?\b|iodine|dnscat|malware family|fingerprint/i,
    answer: ({ tool }) => (tool ? `${tool.name}, recognised with ${tool.confidence} confidence.` : 'No known tool was recognised.'),
  },
]

const MAX_ANSWERS = 2

/** What the alarm already knows about a step, most specific first; empty when a person has to find out. */
export function answersTo(step: string, alarm: Alarm): readonly { readonly id: string; readonly node: ReactNode }[] {
  return ANSWERS.filter(({ asked }) => asked.test(step))
    .map(({ id, answer }) => ({ id, node: answer(alarm) }))
    .filter(({ node }) => node !== null)
    .slice(0, MAX_ANSWERS)
}
