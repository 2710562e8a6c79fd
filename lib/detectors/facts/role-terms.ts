import type { GivenRole, KnownAssets } from '@/lib/domain/asset'
import type { BenignFacts, ScoreTerm } from '@/lib/domain/evidence'
import type { Finding } from '../detector'
import type { BenignInput } from './benign-family'
import { overrideOf } from './catalogue-term'
import { percent } from './words'

/**
 * What an expected role takes off (detection-science table: mail server with block lists, scanner: −15). It orders alarms:
 * less than any band of severity is wide, and never a reason to hide one.
 */
export const ROLE_POINTS = -15
const MOSTLY = 0.9
const MANY_MISSING = 0.5

const named = ({ key, name }: GivenRole): string => (name === '' ? key : `${name} (${key})`)

/** Why the source is known to hide the client; null when nobody says so. */
export function givenResolver(host: string, roles: readonly GivenRole[]): string | null {
  const given = roles.find(({ role }) => role === 'resolver' || role === 'dns-forwarder')
  if (given === undefined) return null
  const what = given.role === 'resolver' ? 'a resolver' : 'a DNS forwarder'
  const through = given.key === host ? '' : `, as ${given.key} is`
  return `${host}${given.name === '' || given.key !== host ? '' : ` (${given.name})`} is ${what} in the asset list${through}: the client is behind it.`
}

/** Why the role explains what the names look like; null when it does not. */
function explained({ role }: GivenRole, input: BenignInput, benign: BenignFacts | null): string | null {
  if (role === 'mail-server' && input.fixedFormShare >= MOSTLY)
    return `is a mail server in the asset list, and ${percent(input.fixedFormShare)} of the names are a hash or an address written backwards, as its look-ups in block lists and reputation services are`
  if (role === 'scanner' && input.failedShare >= MANY_MISSING)
    return `is a scanner in the asset list, and ${percent(input.failedShare)} of the answers say that the name does not exist, as when names are tried one after the other`
  if (role === 'monitoring' && benign?.family === 'internal-monitoring')
    return 'is a monitoring host in the asset list, and the same names are asked again at a steady beat'
  return null
}

/** Terms of what people said about the source and the zone. None against proof: a tool named with certainty, a readable payload. */
export function roleTerms(
  finding: Finding,
  input: BenignInput | null,
  roles: readonly GivenRole[],
  assets: KnownAssets,
): readonly ScoreTerm[] {
  if (overrideOf(finding) !== null) return []
  const terms: ScoreTerm[] = []
  if (finding.source !== null && input !== null)
    for (const given of roles) {
      const why = explained(given, input, finding.evidence.benign)
      if (why === null) continue
      terms.push({ id: 'role', sentence: `${named(given)} ${why}.`, value: 1, threshold: null, points: ROLE_POINTS })
      break
    }
  const own = ownZoneTerm(finding, assets)
  return own === null ? terms : [...terms, own]
}

function ownZoneTerm({ zone, evidence }: Finding, assets: KnownAssets): ScoreTerm | null {
  if (zone === null) return null
  const names = evidence.samples.length === 0 ? [zone] : evidence.samples.map(({ name }) => name)
  const zones = names.flatMap((name) => assets.ownZoneOf(name) ?? [])
  const [own] = zones
  const share = zones.length / names.length
  if (own === undefined || share < MOSTLY) return null
  return {
    id: 'own-zone',
    sentence: `${percent(share)} of the sampled names lie under ${own}, a zone of the organisation in the asset list. A name below it can be taken over, so the alarm stays.`,
    value: share,
    threshold: MOSTLY,
    points: ROLE_POINTS,
  }
}
