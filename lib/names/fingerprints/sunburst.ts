import type { Fingerprint } from './fingerprint'
import { namesText } from './fingerprint'

/** Published indicator of the intrusion, not taken from a capture. */
const DOMAIN = 'avsvmcloud.com'
const REGION = /^(?:eu-west-1|us-west-2|us-east-1|us-east-2)$/
const LABEL = /^[a-z0-9]{15,63}$/
/** Victim's number and the byte that orders pieces stand in front of the text. */
const TEXT_AT = 16
const SUBSTITUTION = 'rq3gsalt6u1iyfzop572d49bnx8cvmkewhj'
const SPECIAL = '0_-.'
const SHIFT = 4

/** @see the published decodings of SUNBURST's names: each character stands for the one four places further on in a fixed row. */
export const sunburst: Fingerprint = {
  tool: 'SUNBURST',
  identify({ domain, carriers }) {
    if (domain !== DOMAIN) return null
    const names = carriers.filter(({ labels }) => {
      const [label = '', service, region = ''] = labels
      return labels.length === 3 && service === 'appsync-api' && REGION.test(region) && LABEL.test(label)
    })
    if (names.length === 0) return null
    const texts = [...new Set(names.flatMap(({ labels }) => substituted((labels[0] ?? '').slice(TEXT_AT)) ?? []))]
    const proof = [`${namesText(names.length)} below ${DOMAIN}, the published domain of SUNBURST, have its form.`]
    if (texts.length > 0)
      proof.push(
        `Their text, substituted back, reads ${texts
          .slice(0, 3)
          .map((text) => `“${text}”`)
          .join(', ')}.`,
      )
    return { name: 'SUNBURST', confidence: 'certain', proof, carried: null }
  },
}

/** A piece of the victim's own domain; null when it is written in the other form, for characters outside the row. */
function substituted(text: string): string | null {
  if (text.length < 3 || text.startsWith('00')) return null
  let plain = ''
  for (let i = 0; i < text.length; i++) {
    const isSpecial = text.charAt(i) === '0'
    const at = SUBSTITUTION.indexOf(text.charAt(isSpecial ? ++i : i))
    if (at < 0) return null
    plain += isSpecial ? SPECIAL.charAt(at % SPECIAL.length) : SUBSTITUTION.charAt((at - SHIFT + SUBSTITUTION.length) % SUBSTITUTION.length)
  }
  return plain
}
