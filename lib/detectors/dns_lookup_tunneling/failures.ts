import type { ScoreTerm } from '@/lib/domain/evidence'
import type { Tally } from '@/lib/domain/tally'
import { number } from '../facts/words'
import { areHashLookups } from '../hash-lookups'
import type { Assessment } from './crossings'

/** Information a name below which it is no heavier than the number of a device: 16 hexadecimal digits add 9 to 11 bytes. */
export const LIGHT_BYTES = 12
/** Share of failed answers from which looking something up is likelier than carrying data. */
const FAILED_SHARE = 0.9
/** A word list tried on a domain, a monitor that asks for what is not there. */
const FAILED_POINTS = -20
/** Names that each carry as much as a long random label may be sent without waiting for an answer. */
const HEAVY_BYTES = 20
const FAILED_HEAVY_POINTS = -10
/** Hashes that no list holds, and names as light as a number, however many: mail filters, floods of a name server, generated domains. */
const FAILED_HASH_POINTS = -30
const FAILED_LIGHT_POINTS = -40

/** Whoever carries data answers; block lists, enumeration, floods and generated domains mostly get none. */
export function failureTerm(hour: Tally, best: Assessment): ScoreTerm | null {
  const answered = hour.queries - (hour.byRcode['-'] ?? 0)
  const missing = hour.byRcode.NXDOMAIN ?? 0
  const failed = missing + (hour.byRcode.SERVFAIL ?? 0) + (hour.byRcode.REFUSED ?? 0)
  if (missing < 10 || failed < FAILED_SHARE * answered) return null
  const sentence =
    failed === missing
      ? `${number(failed)} of ${number(answered)} answers say that the name does not exist, as with block lists and name guessing.`
      : `${number(failed)} of ${number(answered)} answers hold nothing: the name does not exist, or its server fails.`
  return { id: 'failures', sentence, value: failed / answered, threshold: FAILED_SHARE, points: failurePoints(best) }
}

function failurePoints({ information, names, tally }: Assessment): number {
  const bytes = information / Math.max(1, names.distinct)
  if (bytes < LIGHT_BYTES) return FAILED_LIGHT_POINTS
  if (areHashLookups(tally.names.sample, tally.zone)) return FAILED_HASH_POINTS
  return bytes >= HEAVY_BYTES ? FAILED_HEAVY_POINTS : FAILED_POINTS
}
