import type { TechniqueClaim } from '@/lib/domain/alarm'
import type { Decoding, Metric, ScoreTerm } from '@/lib/domain/evidence'
import type { Tally } from '@/lib/domain/tally'
import type { Identification } from '@/lib/names/fingerprints/fingerprint'
import { doublings } from '../score-terms'

/** A proven tool, where it was seen, and what its names carry. */
export interface Proven {
  readonly source: string
  readonly tally: Tally
  readonly tool: Identification
  readonly decoding: Decoding | null
  /** Distinct names that suffice. */
  readonly needed: number
}

/** Tools that carry other protocols, or a shell, both ways. */
const TUNNELS: ReadonlySet<string> = new Set(['iodine', 'dnscat2', 'dns2tcp', 'dnstt', 'Sliver', 'Pupy', 'goDoH'])

/** At the fewest names that suffice, proof and names add up to the risk the rule states. */
const PROOF_POINTS = 60
const NAMES_POINTS = 13

const NUMBER = new Intl.NumberFormat('en-GB')
const number = (value: number): string => NUMBER.format(value)

export function termsOf({ tally, tool, decoding, needed }: Proven): ScoreTerm[] {
  const distinct = tally.names.distinct
  const terms: ScoreTerm[] = [
    { id: 'tool', sentence: `${tool.name}, certain: ${tool.proof.join(' ')}`, value: 1, threshold: null, points: PROOF_POINTS },
    {
      id: 'volume',
      sentence: `${number(distinct)} distinct names below ${tally.zone} in 60 minutes, threshold ${needed}.`,
      value: distinct,
      threshold: needed,
      points: doublings(distinct, needed, NAMES_POINTS, 25),
    },
  ]
  if (decoding !== null && decoding.refusal === null) {
    const what = decoding.magic ?? 'readable text'
    const sentence = `What ${number(decoding.names)} of the names carry decodes to ${what}.`
    terms.push({ id: 'decoding', sentence, value: decoding.bytes, threshold: null, points: 10 })
  }
  if (isAnswered(tally)) {
    const answered = tally.byRcode.NOERROR ?? 0
    const sentence = `The domain’s server answered ${number(answered)} of ${number(tally.queries)} lookups.`
    terms.push({ id: 'answers', sentence, value: answered, threshold: null, points: 5 })
  }
  return terms
}

/** At least half of the answers that were seen. */
function isAnswered({ byRcode, queries }: Tally): boolean {
  const answered = byRcode.NOERROR ?? 0
  return answered > 0 && 2 * answered >= queries - (byRcode['-'] ?? 0)
}

export function metricsOf({ tally, needed, decoding }: Proven): Metric[] {
  return [
    { id: 'distinct', label: 'Distinct names in 60 minutes', value: tally.names.distinct, unit: '', threshold: needed },
    { id: 'queries', label: 'Lookups in 60 minutes', value: tally.queries, unit: '', threshold: null },
    { id: 'decoded', label: 'Bytes decoded from the names', value: decoding?.bytes ?? 0, unit: 'B', threshold: null },
  ]
}

/** Techniques, each with the fact that was seen. */
export function claimsOf({ tally, tool, decoding }: Proven): TechniqueClaim[] {
  const claims: TechniqueClaim[] = []
  const [proof = ''] = tool.proof
  if (TUNNELS.has(tool.name)) claims.push({ id: 'T1572', because: proof })
  if (isAnswered(tally)) {
    const answered = number(tally.byRcode.NOERROR ?? 0)
    claims.push({
      id: 'T1071.004',
      because: `The domain’s server answered ${answered} of ${number(tally.queries)} lookups of ${tool.name}.`,
    })
  }
  if (tool.carried !== null) {
    const { alphabet } = tool.carried
    claims.push({
      id: alphabet.isStandard ? 'T1132.001' : 'T1132.002',
      because: `The data in the names of ${tool.name} is written in ${alphabet.name}.`,
    })
  }
  if (decoding?.refusal?.includes('encrypted') === true && TUNNELS.has(tool.name)) claims.push({ id: 'T1573', because: decoding.refusal })
  if (tool.name === 'DNSExfiltrator') {
    claims.push({ id: 'T1048.001', because: `${proof} The tool encrypts what it sends with RC4.` })
    claims.push({ id: 'T1030', because: `${tool.proof[1] ?? proof} The tool cuts a file into names of one size.` })
  }
  if (tool.name === 'dnstt') claims.push({ id: 'T1001.001', because: 'Each name holds random padding, announced by a length of its own.' })
  return claims
}

export const summaryOf = ({ source, tally, tool }: Proven): string =>
  `${source} runs ${tool.name} below ${tally.zone}: ${tool.proof.join(' ')}`
