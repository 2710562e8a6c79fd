import { benignFamilySchema } from '@/lib/domain/alarm'
import { isUnder } from '@/lib/domain/allowlist'
import type { AllowlistProposal, DismissedProposal, PutAsideZone } from '@/lib/domain/allowlist-proposal'
import { requirePermission, type ServiceContext } from '@/lib/services/context'
import { guardDomain } from '../guard-domain'

const DAY_MS = 86_400_000
/** Days looked back from the zone's last alarm, and of them those on which it must have been asked. */
const DAYS = 14
const STEADY_DAYS = 3
/** Sources over the days: what one or two machines ask is theirs, not the network's. */
const MANY_SOURCES = 3
const MAX_SOURCES = 1_000
/** Zones looked at; each costs a look into the events of fourteen days. */
const CANDIDATES = 50
const MAX_PROPOSALS = 20
/** A proposal that was turned down comes back when this many times as many alarms were put aside. */
const AGAIN = 2

type Reading = Pick<ServiceContext, 'actor' | 'allowlist' | 'events' | 'now'>

/**
 * Zones that many sources ask steadily over days, whose alarms were put aside at least twice, and of which none was ever
 * confirmed or escalated. Computed when asked for; nothing is added by itself.
 */
export async function listProposals(ctx: Reading): Promise<{ proposals: AllowlistProposal[] }> {
  requirePermission(ctx, 'allowlist:read')
  const now = ctx.now()
  const entries = (await ctx.allowlist.list({ includeRemoved: false })).filter(({ expiresAt }) => expiresAt > now)
  const dismissed = new Map((await ctx.allowlist.dismissedProposals()).map((one) => [one.domain, one]))
  const proposals: AllowlistProposal[] = []
  for (const zone of await ctx.allowlist.putAsideZones(CANDIDATES)) {
    if (proposals.length === MAX_PROPOSALS) break
    const isCovered = entries.some(({ domain, source, detector }) => source === null && detector === null && isUnder(zone.zone, domain))
    const proposal = isCovered || isTurnedDown(zone, dismissed.get(zone.zone)) ? null : proposalOf(ctx, zone)
    if (proposal !== null) proposals.push(proposal)
  }
  return { proposals }
}

const putAsideOf = ({ closedBenign, suppressed }: PutAsideZone): number => closedBenign + suppressed

const isTurnedDown = (zone: PutAsideZone, dismissed: DismissedProposal | undefined): boolean =>
  dismissed !== undefined && putAsideOf(zone) < AGAIN * dismissed.putAside

function proposalOf(ctx: Reading, zone: PutAsideZone): AllowlistProposal | null {
  const { domain, refusal, warnings } = guardDomain(zone.zone)
  const usage = refusal === null ? usageOf(ctx, zone) : null
  if (usage === null || usage.days < STEADY_DAYS || usage.sources < MANY_SOURCES) return null
  return {
    domain,
    family: benignFamilySchema.nullable().catch(null).parse(zone.family),
    evidence: [
      ...asideSentences(zone),
      `${usage.sources} sources asked for it, on ${usage.days} of ${DAYS} days, ${usage.queries} times in all.`,
    ],
    warnings: [...warnings],
    putAside: putAsideOf(zone),
    alarmId: zone.alarmId,
  }
}

function asideSentences({ closedBenign, suppressed, people }: PutAsideZone): string[] {
  const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)
  return [
    ...(closedBenign > 0 ? [`Closed as harmless ${times(closedBenign)}, by ${people === 1 ? 'one person' : `${people} people`}.`] : []),
    ...(suppressed > 0 ? [`Explained by the benign catalogue ${times(suppressed)}.`] : []),
    'No alarm of it was ever confirmed or escalated.',
  ]
}

interface Usage {
  readonly days: number
  readonly sources: number
  readonly queries: number
}

/** Who asked on each day of the fortnight that ends with the zone's last alarm. */
function usageOf({ events }: Reading, { zone, lastSeenAt }: PutAsideZone): Usage {
  const lastDay = Math.floor(lastSeenAt / DAY_MS)
  const sources = new Set<string>()
  let days = 0
  let queries = 0
  for (let day = lastDay - DAYS + 1; day <= lastDay; day++) {
    const asking = events.sourcesOfZone(zone, { fromMs: day * DAY_MS, toMs: (day + 1) * DAY_MS }, MAX_SOURCES)
    if (asking.length > 0) days += 1
    for (const { source, queries: own } of asking) {
      sources.add(source)
      queries += own
    }
  }
  return { days, sources: sources.size, queries }
}
