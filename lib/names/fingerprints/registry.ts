import { TOOL_CONFIDENCES } from '@/lib/domain/alarm'
import { cobaltStrike } from './cobalt-strike'
import { dns2tcp } from './dns2tcp'
import { dnscat2 } from './dnscat2'
import { dnsexfiltrator } from './dnsexfiltrator'
import { dnstt } from './dnstt'
import type { Fingerprint, Identification } from './fingerprint'
import { godoh } from './godoh'
import { iodine } from './iodine'
import { mythic } from './mythic'
import { carriersOf, type NameGroup } from './name-group'
import { nstx } from './nstx'
import { oast } from './oast'
import { alma, ismAgent, quadAgent } from './oilrig'
import { ozymanDns } from './ozyman-dns'
import { pupy } from './pupy'
import { saitama } from './saitama'
import { sliver } from './sliver'
import { sunburst } from './sunburst'

/** Every known tool. Order decides only between equally sure ones. */
export const FINGERPRINTS: readonly Fingerprint[] = [
  iodine,
  dnscat2,
  dns2tcp,
  dnsexfiltrator,
  dnstt,
  sliver,
  mythic,
  saitama,
  godoh,
  pupy,
  sunburst,
  cobaltStrike,
  ozymanDns,
  alma,
  ismAgent,
  oast,
  nstx,
  quadAgent,
]

/** Fewer names than this prove nothing. */
const FEWEST = 3

/**
 * The tool that made the names of a group, the surest of those that fit; null when none does. When two tools fit equally
 * well, neither is named.
 */
export function identify(group: NameGroup): Identification | null {
  if (group.names.length < FEWEST) return null
  let found: readonly Identification[] = []
  let tried: readonly Fingerprint[] = FINGERPRINTS
  for (const carriers of carriersOf(group)) {
    if (carriers.carriers.length < FEWEST) break
    found = [...found, ...tried.flatMap((fingerprint) => fingerprint.identify(carriers) ?? [])]
    const certain = found.filter(({ confidence }) => confidence === 'certain').map(({ name }) => name)
    // Below the tunnel's own domain the same tool may prove itself better; no other one is looked for.
    if (certain.length > 0) tried = tried.filter(({ tool }) => certain.includes(tool))
  }
  return surest(found)
}

function surest(found: readonly Identification[]): Identification | null {
  const [best, ...others] = [...found].sort((a, b) => rank(a) - rank(b) || b.proof.length - a.proof.length)
  if (best === undefined) return null
  const isAmbiguous = others.some((other) => other.name !== best.name && rank(other) === rank(best))
  return isAmbiguous ? null : best
}

const rank = ({ confidence }: Identification): number => TOOL_CONFIDENCES.indexOf(confidence)
