import { decodeBase32, type Payload, RFC_BASE32 } from './payload'
import type { ToolMatch } from './tool-match'

/**
 * DNSExfiltrator: `init.<base32 of file name|chunks>.<codec>` opens a transfer; see dnsExfiltrator.cs of its source. The
 * numbered names that follow are those of many scripts and name nobody.
 */
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
  return null
}
