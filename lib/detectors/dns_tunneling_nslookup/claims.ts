import type { TechniqueClaim } from '@/lib/domain/alarm'
import { type Burst, unreadableShare } from './burst'
import { UNREADABLE_SHARE } from './score'
import { executionTechnique } from './script-host'

/**
 * Names under one registered domain, as many as the threshold, most of them unreadable: what was asked for is not hosts
 * but content, another protocol inside DNS.
 */
function tunnelClaim(burst: Burst, threshold: number): TechniqueClaim | null {
  const { zone, targets, samples } = burst
  if (zone === null || targets.length < threshold || unreadableShare(burst) < UNREADABLE_SHARE) return null
  const unreadable = samples.filter((sample) => sample.unreadable).length
  return {
    id: 'T1572',
    because: `${unreadable} of ${targets.length} different names under ${zone} are unreadable: they carry content, not hosts`,
  }
}

/** Each claim with the fact that was observed; at most one a technique. */
export function claimsOf(burst: Burst, threshold: number): TechniqueClaim[] {
  const because = `${burst.count} nslookup.exe starts with an explicit query type`
  const claims: TechniqueClaim[] = [
    { id: 'T1071.004', because },
    { id: 'T1071', because: `${because}: DNS is the application protocol used` },
  ]
  for (const { process, starts } of burst.parents) {
    const claim = executionTechnique(process)
    if (claim === null || claims.some(({ id }) => id === claim.id)) continue
    claims.push({ ...claim, because: `${claim.because} ${starts} ${starts === 1 ? 'time' : 'times'}` })
  }
  const tunnel = tunnelClaim(burst, threshold)
  return tunnel === null ? claims : [...claims, tunnel]
}
