import type { Fingerprint } from './fingerprint'
import { namesText } from './fingerprint'

const FIRST = /^cT[A-Za-z0-9_-]{18,61}$/

/** NSTX asks TXT and begins every name with `cT`, a constant of its packet header (public network rules name it). */
export const nstx: Fingerprint = {
  tool: 'NSTX',
  identify({ carriers, keepsCase }) {
    if (!keepsCase) return null
    const fitting = carriers.filter(({ cased, qtype }) => FIRST.test(cased[0] ?? '') && (qtype === null || qtype === 'TXT'))
    const varied = new Set(fitting.map(({ cased }) => cased[0]?.charAt(2)))
    if (fitting.length < 10 || fitting.length < 0.9 * carriers.length || varied.size < 4) return null
    return {
      name: 'NSTX',
      confidence: 'low',
      proof: [`${namesText(fitting.length)} asked as TXT begin with cT, as NSTX’s do.`],
      carried: null,
    }
  },
}
