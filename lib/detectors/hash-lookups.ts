import type { SampledName } from '@/lib/domain/tally'
import { hostPart } from '@/lib/names/name-features'

/** Of the names those that hold one hash. */
const MOST = 0.9
/** MD5, SHA-1 and SHA-224 in hexadecimal; MD5, SHA-1 and SHA-256 in base32: a label has no room for more. */
const HEX_HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56})$/
const HASH = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{56}|[a-z2-7]{26}|[a-z2-7]{32}|[a-z2-7]{52})$/
/** Of random bytes half are below 128; text is all below. */
const TEXT_SHARE = 0.9

/**
 * True when every name is one hash in front of the same labels, as a program asks that looks files or addresses up. What
 * tunnels send has the length of what there is to send, or of the longest label; text in hexadecimal is no hash.
 */
export function areHashLookups(sample: readonly SampledName[], zone: string): boolean {
  const read = sample.flatMap(({ name }) => {
    const [first = '', ...rest] = hostPart(name, zone).split('.')
    return HASH.test(first) ? [{ hash: first, form: `${first.length}.${rest.join('.')}` }] : []
  })
  const counts = new Map<string, number>()
  for (const { form } of read) counts.set(form, (counts.get(form) ?? 0) + 1)
  if (Math.max(0, ...counts.values()) < MOST * sample.length) return false
  const bytes = read.flatMap(({ hash }) => (HEX_HASH.test(hash) ? (hash.match(/../g) ?? []) : []))
  return bytes.length === 0 || bytes.filter((byte) => byte < '80').length < TEXT_SHARE * bytes.length
}
