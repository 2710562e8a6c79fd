import type { Fingerprint } from './fingerprint'
import { namesText } from './fingerprint'
import { commonest } from './sequence'

const MARK = /(?:^|\.)(\d{1,10})-(\d{1,10})\.id-(\d{1,10})\.(up|down)(?:\.|$)/

/** @see the samples `….63026-0.id-32227.up.…` and `695-8859.id-39201.down.…` in published analyses of OzymanDNS. */
export const ozymanDns: Fingerprint = {
  tool: 'OzymanDNS',
  identify({ carriers }) {
    const marks = carriers.flatMap(({ labels }) => {
      const text = labels.join('.')
      const parts = text.includes('.id-') ? MARK.exec(text) : null
      return parts === null ? [] : [{ number: parts[1] ?? '', session: parts[3] ?? '' }]
    })
    const { value, count } = commonest(marks.map(({ session }) => session))
    const numbers = new Set(marks.filter(({ session }) => session === value).map(({ number }) => number))
    if (count < 3 || numbers.size < 3 || marks.length < 0.6 * carriers.length) return null
    const proof = [`${namesText(count)} carry OzymanDNS’s number, the session id-${value} and a direction.`]
    return { name: 'OzymanDNS', confidence: 'high', proof, carried: null }
  },
}
