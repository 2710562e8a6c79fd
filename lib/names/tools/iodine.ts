import type { Payload } from './payload'
import type { ToolMatch } from './tool-match'

const VERSION = /^vaaaaka[q-x][a-z0-5]{3}$/
const LOGIN = /^l[a-z0-5]{31}$/
const CODEC = /aabbccddeeffgghhiijj|aaahhh-drink-mal-ein-j/
const TYPE_PROBE = /^y[tsuvr]b[a-z0-5]{3}$/
const PING = /^p[a-z0-5]{7}$/
/** User number, then four header symbols, the last of which counts up. */
const DATA = /^[0-9a-f][a-z0-5]{3}[a-z0-9]/

/** iodine, protocol 0x502: see doc/proto_00000502.txt of its source. */
export function iodine(payloads: readonly Payload[]): ToolMatch | null {
  const first = payloads.map(({ labels }) => labels[0] ?? '')
  const has = (pattern: RegExp): boolean => first.some((label) => pattern.test(label))
  const markers = [has(VERSION) && 'version', has(LOGIN) && 'login', has(CODEC) && 'codec test', has(TYPE_PROBE) && 'type test'].filter(
    (marker) => marker !== false,
  )
  const name = 'iodine'
  if (markers.length >= 2) return { name, confidence: 'certain', proof: `handshake names of iodine: ${markers.join(', ')}` }
  const pings = first.filter((label) => PING.test(label)).length
  const data = first.filter((label) => label.length > 5 && DATA.test(label))
  const users = new Set(data.map((label) => label[0]))
  const counters = new Set(data.map((label) => label[4]))
  const fits = pings + (users.size === 1 && counters.size >= Math.min(8, data.length) ? data.length : 0)
  if (fits < 10 || fits < 0.9 * first.length) return null
  if (pings >= 3) return { name, confidence: 'high', proof: `${pings} keep-alive names and ${data.length} data names of iodine’s form` }
  const isRaw = payloads.filter(({ text }) => /[\x80-\xff]/.test(text)).length >= 0.5 * payloads.length
  if (!isRaw) return null
  return { name, confidence: 'high', proof: `${data.length} names of iodine’s data form, with a counter, carrying raw bytes` }
}
