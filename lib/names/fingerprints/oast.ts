import type { Fingerprint } from './fingerprint'
import { namesText } from './fingerprint'

/** Published domains of services that tell a tester that a target called back; several public rules list them. */
const SERVICES: ReadonlyMap<string, string> = new Map([
  ['burpcollaborator.net', 'Burp Collaborator'],
  ['oastify.com', 'Burp Collaborator'],
  ...['oast.fun', 'oast.live', 'oast.me', 'oast.online', 'oast.pro', 'oast.site', 'interact.sh'].map(
    (zone) => [zone, 'Interactsh'] as const,
  ),
  ['canarytokens.com', 'Canarytokens'],
  ['dnslog.cn', 'DNSLog'],
  ['ceye.io', 'CEYE'],
  ['requestbin.net', 'RequestBin'],
])

export const oast: Fingerprint = {
  tool: 'OAST',
  identify({ domain, carriers }) {
    const service = SERVICES.get(domain)
    if (service === undefined) return null
    const proof = [`${namesText(carriers.length)} lie below ${domain}, a published domain of the call-back service ${service}.`]
    return { name: service, confidence: 'medium', proof, carried: null }
  },
}
