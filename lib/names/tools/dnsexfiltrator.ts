import { decodeBase32, type Payload, RFC_BASE32 } from './payload'
import type { ToolMatch } from './tool-match'

const CHUNK = /^[a-z0-9_-]{1,63}$/
/** Shorter data is as likely the rest of an address written backwards. */
const SHORTEST_CHUNK = 15

/** DNSExfiltrator: `init.<base32 of file name|chunks>.<codec>`, then `<index>.<data>…`; see dnsExfiltrator.cs of its source. */
export function dnsexfiltrator(payloads: readonly Payload[]): ToolMatch | null {
  const name = 'DNSExfiltrator'
  for (const { host } of payloads) {
    const at = host.findIndex((label, i) => i >= 2 && (label === 'base32' || label === 'base64'))
    if (host[0] !== 'init' || at < 0) continue
    const announced = decodeBase32(host.slice(1, at).join(''), RFC_BASE32)
    const text = announced === null ? '' : String.fromCharCode(...announced)
    const parts = /^([ -{}~]{1,255})\|(\d{1,9})$/.exec(text)
    if (parts !== null)
      return { name, confidence: 'certain', proof: `the first name announces the file “${parts[1]}” in ${parts[2]} chunks` }
  }
  const indexes = new Set<number>()
  let fitting = 0
  for (const { labels } of payloads) {
    const [index = '', ...rest] = labels
    if (!/^\d{1,6}$/.test(index) || !rest.every((label) => CHUNK.test(label))) continue
    if (rest.join('').length < SHORTEST_CHUNK) continue
    fitting++
    indexes.add(Number(index))
  }
  const span = Math.max(...indexes) - Math.min(...indexes) + 1
  if (indexes.size < 10 || fitting < 0.9 * payloads.length || span > 1.2 * indexes.size) return null
  return { name, confidence: 'medium', proof: `${indexes.size} chunks numbered without gaps in the first label` }
}
