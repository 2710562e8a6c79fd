import type { ReactNode } from 'react'
import { formatBytes, formatCount, plural } from '@/components/ui/format'
import { InertText, inertText } from '@/components/ui/inert-text'
import { TimeText } from '@/components/ui/time-text'
import type { Alarm } from '@/lib/domain/alarm'
import { EncodedName } from './encoded-name'
import { byTypeOf, topTypes } from './evidence-series'
import { RelatedAnswer, StartsAnswer, ZonePastAnswer } from './guide-lookups'
import { indicatorsOf } from './indicators'

interface Answer {
  readonly id: string
  /** Words of a step that ask this. */
  readonly asked: RegExp
  /** What the alarm knows; null when it knows nothing. */
  readonly answer: (alarm: Alarm) => ReactNode
  /** The answer is a value that leaves nothing to find out: the step counts as answered. */
  readonly settles?: boolean
}

const share = (part: number, whole: number) => `${Math.round((part / Math.max(whole, 1)) * 100)} %`

function shareList(counts: Readonly<Record<string, number>>): string {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
  return topTypes(counts, 5)
    .map((key) => `${key === '-' ? 'no answer' : inertText(key)} ${share(counts[key] ?? 0, total)}`)
    .join(', ')
}

/** The value most of a list has, and how often; null for a list without one. */
function mostCommon<Value>(values: readonly Value[]): { readonly value: Value; readonly count: number } | null {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [top] = [...counts].toSorted((a, b) => b[1] - a[1])
  return top === undefined ? null : { value: top[0], count: top[1] }
}

const distinct = (values: readonly (string | null)[]): readonly string[] => [...new Set(values.flatMap((value) => value ?? []))]

/** "12 oddest names" is what the guide of the anomaly rule asks to see. */
const MAX_NAMES = 12

function SampleNames({ samples, zone }: { readonly samples: Alarm['evidence']['samples']; readonly zone: string | null }) {
  return (
    <span className="mt-1 flex flex-col gap-0.5">
      {samples.map((sample) => (
        <EncodedName key={`${sample.name} ${sample.qtype}`} name={sample.name} zone={zone} clamp />
      ))}
    </span>
  )
}

function names({ evidence: { samples }, zone }: Alarm): ReactNode {
  const length = mostCommon(samples.map((sample) => sample.length))
  if (length === null) return null
  const unreadable = samples.filter((sample) => sample.unreadable).length
  return (
    <>
      {formatCount(unreadable)} of {formatCount(samples.length)} kept names are unreadable; {formatCount(length.count)} are {length.value}{' '}
      bytes long in front of the zone.
      <SampleNames samples={samples.slice(0, 3)} zone={zone} />
      {samples.length > 3 && (
        <details>
          <summary className="min-h-6">{plural(Math.min(samples.length, MAX_NAMES) - 3, 'more name')}, oddest first</summary>
          <SampleNames samples={samples.slice(3, MAX_NAMES)} zone={zone} />
        </details>
      )}
    </>
  )
}

function pace({ evidence: { minutes } }: Alarm): ReactNode {
  const [first] = minutes
  if (first === undefined) return null
  const busiest = minutes.reduce((top, minute) => (minute.queries > top.queries ? minute : top), first)
  return (
    <>
      Active in {plural(minutes.length, 'minute')}; the busiest, <TimeText at={busiest.at} precision="minute" />, had{' '}
      {formatCount(busiest.queries)} queries.
    </>
  )
}

function process(alarm: Alarm): ReactNode {
  const {
    evidence: { processTree, processStarts },
    userName,
  } = alarm
  const [root] = processTree
  if (root === undefined) return <StartsAnswer alarm={alarm} />
  return (
    <>
      {plural(processStarts.length, 'matched start')} below <InertText text={root.name} className="font-semibold" />
      {userName === null ? null : ' as '}
      {userName === null ? null : <InertText text={userName} />}. <a href="#process">Process tree</a>
    </>
  )
}

function surprise({ evidence: { buckets } }: Alarm): ReactNode {
  const top = buckets.toSorted((a, b) => b.anomalyScore - a.anomalyScore)[0]
  if (top === undefined) return null
  const factor = top.typicalBytes > 0 ? `${formatCount(top.informationBytes / top.typicalBytes)} times ` : ''
  return `${formatBytes(top.informationBytes)} where ${formatBytes(top.typicalBytes)} is typical: ${factor}that, score ${Math.round(top.anomalyScore)}.`
}

function influencers({ evidence: { buckets } }: Alarm): ReactNode {
  const strongest = buckets.flatMap((bucket) => bucket.influencers).toSorted((a, b) => b.influence - a.influence)
  const sources = distinct(strongest.map(({ source }) => source))
  if (sources.length === 0) return null
  return `${plural(sources.length, 'source')}: ${sources
    .slice(0, 3)
    .map((source) => inertText(source))
    .join(', ')}${sources.length > 3 ? ', …' : ''}.`
}

function asked({ evidence: { processStarts } }: Alarm): ReactNode {
  if (processStarts.length === 0) return null
  const targets = distinct(processStarts.map((start) => start.target))
  const types = distinct(processStarts.map((start) => start.queryType))
  const servers = distinct(processStarts.map((start) => start.server))
  return (
    <>
      {plural(targets.length, 'different name')} asked for,{' '}
      {types.length === 0 ? 'no type named' : `types ${types.map((type) => inertText(type)).join(', ')}`},{' '}
      {servers.length === 0 ? 'no server named' : `server ${servers.map((server) => inertText(server)).join(', ')}`}.
    </>
  )
}

function carried({ evidence: { bytesUp, decoding } }: Alarm): ReactNode {
  const amount = bytesUp === null ? null : `The names can have carried ${rangeText(bytesUp)}.`
  const found = decoding === null ? null : decoding.magic === null ? decoding.refusal : `They decode to ${decoding.magic}.`
  if (amount === null && found === null) return null
  return (
    <>
      {amount} {found === null ? null : <InertText text={found} />} {decoding === null ? null : <a href="#decoding">What was decoded</a>}
    </>
  )
}

const rangeText = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  formatBytes(low) === formatBytes(high) ? formatBytes(high) : `${formatBytes(low)} to ${formatBytes(high)}`

/** What a step of the proof says: the term of the score that names the tool. */
function proof({ tool, scoreTerms }: Alarm): ReactNode {
  const term = scoreTerms.find(({ id }) => id === 'tool')
  if (tool === null) return 'No known tool was recognised.'
  return <InertText text={term?.sentence ?? `${tool.name}, ${tool.confidence}.`} />
}

function indicators(alarm: Alarm): ReactNode {
  const groups = indicatorsOf(alarm)
  if (groups.length === 0) return null
  return (
    <>
      {groups.map(({ label, values }) => `${label.toLowerCase()} ${formatCount(values.length)}`).join(', ')}.{' '}
      <a href="#indicators">Copy or download them</a>
    </>
  )
}

const ANSWERS: readonly Answer[] = [
  { id: 'numbers', asked: /first and last number/i, answer: ({ summary }) => <InertText text={summary} /> },
  { id: 'proof', settles: true, asked: /\bproof\b|tool is named/i, answer: proof },
  { id: 'surprise', asked: /typical/i, answer: surprise, settles: true },
  { id: 'influencers', asked: /influencer/i, answer: influencers, settles: true },
  {
    id: 'notices',
    asked: /notice|forwarder|resolver/i,
    answer: ({ evidence: { notices, resolver } }) => {
      const said = resolver === null ? notices : [resolver, ...notices.filter((notice) => notice !== resolver)]
      return said.length === 0
        ? 'Nothing shows that the source is a resolver, and no notice stands on this alarm.'
        : inertText(said.join(' '))
    },
  },
  {
    id: 'buckets',
    asked: /earlier bucket/i,
    answer: ({ evidence: { buckets } }) => (buckets.length === 0 ? null : `${plural(buckets.length, 'bucket')} are kept, charted above.`),
  },
  { id: 'process', asked: /process|script host|who started/i, answer: process },
  {
    id: 'before',
    asked: /what came before|started when/i,
    answer: (alarm) => (alarm.evidence.processTree.length > 0 ? null : <StartsAnswer alarm={alarm} />),
  },
  {
    id: 'related',
    settles: true,
    asked: /48|other alarms?|lookup detector|what came before|other series/i,
    answer: (alarm) => <RelatedAnswer alarm={alarm} />,
  },
  { id: 'asked', asked: /carr(y|ied)|searched for|indicator/i, answer: asked },
  { id: 'indicators', asked: /searched for elsewhere|search .*(samples|domain)|indicator/i, answer: indicators },
  { id: 'names', asked: /samples|nonsens|random|names in the order/i, answer: names },
  {
    id: 'types',
    settles: true,
    asked: /\b(record|query|resource)[ -]types?\b|\b(MX|CNAME|NULL)\b/,
    answer: ({ evidence }) =>
      evidence.typeMix !== null
        ? inertText(evidence.typeMix.sentence)
        : Object.keys(byTypeOf(evidence)).length === 0
          ? null
          : `Types asked: ${shareList(byTypeOf(evidence))}.`,
  },
  {
    id: 'sources',
    settles: true,
    asked: /who else|do other hosts|one host|share\b|search all sources/i,
    answer: ({ evidence: { sources, spread }, zone }) =>
      zone === null ? null : (
        <>
          {spread === null
            ? `${plural(Math.max(sources.length, 1), 'source')} asked for it while the alarm was open.`
            : inertText(spread.sentence)}{' '}
          <a href="#sources">Everyone in 30 days</a>
        </>
      ),
  },
  {
    id: 'timing',
    asked: /steady|burst|beacon|look at the times/i,
    answer: ({ evidence: { timing } }) => (timing === null || timing.verdict === 'too-few' ? null : inertText(timing.sentence)),
  },
  { id: 'pace', asked: /minutes with|steady|burst|off-hours/i, answer: pace },
  {
    id: 'answers',
    asked: /connected|resolved|was answered|response code|NXDOMAIN/i,
    answer: ({ evidence: { byRcode } }) =>
      Object.keys(byRcode).length === 0 ? null : (
        <>
          Response codes: {shareList(byRcode)}. <a href="#records">What was answered</a>
        </>
      ),
  },
  {
    id: 'carried',
    asked: /carr(y|ied)|payload|exfiltrat|number chunks|evenly spread|decode the|compare the size/i,
    answer: carried,
  },
  {
    id: 'past',
    asked: /how old|\bage\b|who owns|owner|registration|first seen|authorised/i,
    answer: (alarm) => (alarm.zone === null ? null : <ZonePastAnswer alarm={alarm} />),
  },
]

const MAX_ANSWERS = 3

/** What the alarm already knows about a step, most specific first; empty when a person has to find out. */
export function answersTo(
  step: string,
  alarm: Alarm,
): readonly { readonly id: string; readonly node: ReactNode; readonly settles: boolean }[] {
  return ANSWERS.filter((each) => each.asked.test(step))
    .map(({ id, answer, settles = false }) => ({ id, node: answer(alarm), settles }))
    .filter(({ node }) => node !== null)
    .slice(0, MAX_ANSWERS)
}
