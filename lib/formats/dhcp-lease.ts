import { canonicalIp } from './address'
import type { Mapped } from './mapped'
import { plausible, type ReadTime } from './timestamps'

/** What a record says of a lease; null where it says nothing. */
export interface LeaseFacts {
  readonly time: ReadTime
  readonly address: string | null
  /** As the client sent it. */
  readonly name: string | null
  readonly leaseSeconds: number | null
}

/** Longer leases, and those without an end (RFC 2131 §3.3: 0xffffffff), are counted as this long. */
const MAX_LEASE_SECONDS = 30 * 86_400

/** A record of a DHCP server: a lease with a name, a reason to skip it, or one to reject it. */
export function mapLease({ time: read, address: written, name, leaseSeconds }: LeaseFacts, nowMs: number): Mapped {
  const time = plausible(read, nowMs)
  if (typeof time === 'string') return { reject: time, detail: `the lease has no usable time (${time})` }
  if (written === null) return { skip: 'no-lease' }
  const address = canonicalIp(written)
  if (address === null) return { reject: 'bad-address', detail: 'the address that was given out is not an IP address' }
  if (name === null || name === '') return { skip: 'lease-without-name' }
  const seconds = leaseSeconds !== null && leaseSeconds > 0 ? Math.min(leaseSeconds, MAX_LEASE_SECONDS) : null
  return { lease: { address, name, at: time.at, until: seconds === null ? null : time.at + Math.round(seconds * 1_000) } }
}
