import { commonest, type Payload } from './payload'
import type { ToolMatch } from './tool-match'

/** Seven header bytes in base64, without data. */
const EMPTY = /^[a-z0-9+/]{10}$/
const BASE64 = /^[a-z0-9+/]+$/

/** dns2tcp: see common/includes/dns.h and packet.h of its source. */
export function dns2tcp(payloads: readonly Payload[]): ToolMatch | null {
  const keywords = payloads.flatMap(({ host }) => host.filter((label) => /^=(?:auth|connect|resource)$/.test(label)))
  const name = 'dns2tcp'
  if (keywords.length > 0) {
    return { name, confidence: 'high', proof: `names with the command ${[...new Set(keywords)].toSorted().join(' and ')} of dns2tcp` }
  }
  const fitting = payloads.filter(({ labels }) => labels.every((label) => BASE64.test(label)))
  const session = commonest(fitting.map(({ text }) => text.slice(0, 2)))
  const empty = fitting.filter(({ labels }) => labels.length === 1 && EMPTY.test(labels[0] ?? '')).length
  if (fitting.length < 20 || fitting.length < 0.9 * payloads.length || session.count < 0.9 * fitting.length || empty < 0.2 * fitting.length)
    return null
  return { name, confidence: 'medium', proof: `${empty} of ${fitting.length} names are bare dns2tcp headers of one session` }
}
