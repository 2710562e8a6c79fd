import { type Evidence, type EvidenceMinute, emptyEvidence, type Metric, type NameSample, type ProcessStart } from '@/lib/domain/evidence'
import { decodeGroup } from '@/lib/names/decode/decode-group'
import { identify } from '@/lib/names/fingerprints/registry'
import { accountsOf, type Burst, dataTypeShare, unreadableShare } from './burst'
import { accountOf, MAX_TEXT, type MatchedStart } from './matched-start'
import type { ProcessAncestry } from './process-ancestry'
import { processTreeOf } from './process-tree'
import { UNREADABLE_SHARE } from './score'

const MAX_SAMPLES = 200
const MINUTE_MS = 60_000

/** What a run knows beside the starts it counted. */
export interface RunFacts {
  readonly threshold: number
  readonly windowMinutes: number
  /** Hosts over the threshold in this run, those beyond the limit included. */
  readonly hostsOver: number
  readonly maxHits: number
  /** Minutes between two runs that neither looks at. */
  readonly unseenMinutes: number
  /** What else is to be told, a sentence each. */
  readonly notices: readonly string[]
  readonly withoutHost: number
  readonly unfollowed: number
}

function metricsOf(burst: Burst, { threshold, windowMinutes }: RunFacts): Metric[] {
  const shares: readonly (readonly [string, string, number, number | null])[] = [
    ['unreadable-share', 'Names that are unreadable', unreadableShare(burst), UNREADABLE_SHARE],
    ['data-type-share', 'Starts that ask for TXT or NULL records', dataTypeShare(burst), null],
  ]
  return [
    { id: 'starts', label: `nslookup.exe starts in ${windowMinutes} minutes`, value: burst.count, unit: '', threshold },
    {
      id: 'span',
      label: 'From the first to the last of them',
      value: Math.round((burst.lastAt - burst.firstAt) / 1_000),
      unit: 's',
      threshold: null,
    },
    { id: 'distinct-names', label: 'Different names asked for', value: burst.targets.length, unit: '', threshold: null },
    ...shares.map(([id, label, value, limit]) => ({ id, label, value, unit: 'ratio', threshold: limit })),
    { id: 'script-starts', label: 'Starts by a script host or an Office program', value: burst.scriptedStarts, unit: '', threshold: null },
    { id: 'direct-server', label: 'Starts that name the server to ask', value: burst.withServer, unit: '', threshold: null },
  ]
}

const mean = (values: readonly number[]): number =>
  values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length

function minuteOf(at: number, starts: readonly MatchedStart[], samples: ReadonlyMap<string, NameSample>): EvidenceMinute {
  const names = [...new Set(starts.flatMap(({ target }) => target ?? []))]
  const judged = names.flatMap((name) => samples.get(name) ?? [])
  const byType: Record<string, number> = {}
  for (const { queryType } of starts) byType[queryType ?? '-'] = (byType[queryType ?? '-'] ?? 0) + 1
  return {
    at,
    queries: starts.length,
    distinctNames: names.length,
    entropyBits: mean(judged.map(({ entropyBits }) => entropyBits)),
    length: mean(judged.map(({ length }) => length)),
    byType,
  }
}

function minutesOf({ starts, samples }: Burst): EvidenceMinute[] {
  const byName = new Map(samples.map((sample) => [sample.name, sample]))
  const minutes = new Map<number, MatchedStart[]>()
  for (const start of starts) {
    const at = Math.floor(start.at / MINUTE_MS) * MINUTE_MS
    const known = minutes.get(at)
    if (known === undefined) minutes.set(at, [start])
    else known.push(start)
  }
  return [...minutes].map(([at, ofMinute]) => minuteOf(at, ofMinute, byName))
}

const processStartOf = (start: MatchedStart): ProcessStart => ({
  at: start.at,
  eventId: start.id,
  commandLine: start.commandLine,
  args: [...start.args],
  queryType: start.queryType,
  target: start.target,
  server: start.server,
  parentName: start.parent.name,
  user: accountOf(start),
})

const isCut = ({ commandLine, parent }: MatchedStart): boolean =>
  commandLine?.length === MAX_TEXT || parent.commandLine?.length === MAX_TEXT

function noticesOf(burst: Burst, facts: RunFacts): string[] {
  const { starts, count, samples } = burst
  const nameless = starts.filter(({ target }) => target === null).length
  const accounts = accountsOf(burst)
  const notices: readonly (readonly [boolean, string])[] = [
    [
      starts.length < count,
      `${starts.length} of ${count} starts are kept with their command lines; names and parents are counted over those.`,
    ],
    [samples.length > MAX_SAMPLES, `${MAX_SAMPLES} of ${samples.length} names are kept as samples.`],
    [starts.some(isCut), `Command lines longer than ${MAX_TEXT} characters are cut.`],
    [nameless > 0, `${nameless} starts name no host: nslookup then reads names from its input, which process records do not show.`],
    [
      accounts.length > 1,
      `Started under ${accounts.length} accounts: ${accounts.slice(0, 5).join(', ')}${accounts.length > 5 ? ', …' : ''}.`,
    ],
    [
      facts.hostsOver > facts.maxHits,
      `${facts.hostsOver} hosts were over the threshold in this run; the first ${facts.maxHits} by host id raised alarms, the others follow in the next run if their starts still lie in its look-back.`,
    ],
    [
      facts.withoutHost > 0,
      `${facts.withoutHost} further matching starts in this window name no host.id; the rule groups by it, so they are in no count.`,
    ],
    [
      facts.unfollowed > 0,
      `${facts.unfollowed} matching starts in this window came from more hosts than are followed at once and are in no count.`,
    ],
    [
      facts.unseenMinutes > 0,
      `The runs look back less than the time between them: ${facts.unseenMinutes} minutes of each pause are looked at late or not at all.`,
    ],
  ]
  return [...notices.filter(([applies]) => applies).map(([, sentence]) => sentence), ...facts.notices]
}

/** What the arguments carry; names in several domains are several messages, so nothing is put together from them. */
function decodingOf({ zone, samples }: Burst): Evidence['decoding'] {
  if (zone === null) return null
  const names = samples.map(({ name, qtype, rcode, firstAt }) => ({ name: name.toLowerCase(), raw: name, qtype, rcode, at: firstAt }))
  return decodeGroup({ zone, names }, identify({ zone, names }))
}

/** Lists are bounded: starts by the memory, samples and tree rows here. */
export function evidenceOf(burst: Burst, facts: RunFacts, source: string, ancestry: ProcessAncestry): Evidence {
  const { firstAt, lastAt, count, targets, starts } = burst
  return {
    ...emptyEvidence,
    metrics: metricsOf(burst, facts),
    samples: burst.samples.slice(0, MAX_SAMPLES),
    minutes: minutesOf(burst),
    byType: { ...burst.byType },
    sources: [{ source, queries: count, distinctNames: targets.length, firstSeenAt: firstAt, lastSeenAt: lastAt }],
    decoding: decodingOf(burst),
    processTree: processTreeOf(starts, ancestry),
    processStarts: starts.map(processStartOf),
    notices: noticesOf(burst, facts),
  }
}
