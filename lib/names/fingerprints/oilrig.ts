import { BASE64, decodeText, HEX } from '../decode/base-n'
import type { Fingerprint } from './fingerprint'
import { namesText } from './fingerprint'
import type { Carrier } from './name-group'
import { commonest } from './sequence'

const ALMA = /^\d{4,5}id([0-9a-z]{9,})-\d{1,4}-([0-9a-f]{2,})-([0-9a-f]{2,})$/
/** `_DnsIn`, the beginning of the file name that ALMA writes into its last field. */
const ALMA_MARK = '5f446e73496e'

/** ALMA Dash: `<number>ID<host>-<piece>-<data>-<file name>`; see Unit 42's overview of OilRig's tools. */
export const alma: Fingerprint = {
  tool: 'ALMA',
  identify({ carriers }) {
    const names = carriers.flatMap(({ labels }) => {
      const parts = labels.length <= 2 ? ALMA.exec(labels.join('')) : null
      return parts === null ? [] : [{ data: parts[2] ?? '', isMarked: parts[3]?.startsWith(ALMA_MARK) === true }]
    })
    const marked = names.filter(({ isMarked }) => isMarked).length
    if (names.length < 3 || marked < 1 || names.length < 0.6 * carriers.length) return null
    const pieces = names.flatMap(({ data }) => (data.length % 2 === 0 ? (decodeText(data, HEX) ?? []) : []))
    return {
      name: 'ALMA',
      confidence: 'high',
      proof: [`${namesText(names.length)} have the fields of OilRig’s ALMA; in ${marked} the last one reads “_DnsIn…” in hexadecimal.`],
      carried: pieces.length === 0 ? null : { alphabet: HEX, pieces },
    }
  },
}

const AGENT_ID = /^[0-9a-f]{16,24}$/

/** ISMAgent: `n.<number or n>.<c or r>.<id>` polls, `<base64>.<number>.d.<id>` carries; see published analyses of its DNS mode. */
export const ismAgent: Fingerprint = {
  tool: 'ISMAgent',
  identify({ carriers, keepsCase }) {
    const polls = carriers.filter(({ labels }) => isPoll(labels))
    const data = carriers.filter(({ labels }) => isData(labels))
    const { value, count } = commonest([...polls, ...data].map(({ labels }) => labels[3] ?? labels.at(-1) ?? ''))
    if (count < 3 || polls.length === 0 || data.length === 0 || count < 0.6 * carriers.length) return null
    const text = data.toSorted((a, b) => Number(a.labels[1]) - Number(b.labels[1])).map(({ cased }: Carrier) => cased[0] ?? '')
    const bytes = keepsCase ? decodeText(text.join('').replaceAll('-', '+').replaceAll('_', '/'), BASE64) : null
    return {
      name: 'ISMAgent',
      confidence: 'high',
      proof: [
        `${namesText(polls.length)} poll and ${namesText(data.length)} carry numbered data for the agent number ${value}, as OilRig’s ISMAgent does.`,
      ],
      carried: bytes === null ? null : { alphabet: BASE64, pieces: [bytes] },
    }
  },
}

const isPoll = ([n, number = '', kind = '', id = '', ...rest]: readonly string[]): boolean =>
  n === 'n' && /^(?:n|\d{1,6})$/.test(number) && /^[cr]$/.test(kind) && AGENT_ID.test(id) && rest.length === 0

const isData = ([text = '', number = '', kind, id = '', ...rest]: readonly string[]): boolean =>
  /^[a-z0-9+/=_-]{1,60}$/.test(text) && /^\d{1,6}$/.test(number) && kind === 'd' && AGENT_ID.test(id) && rest.length === 0

/** QUADAGENT asks `mail.<six digits>` as AAAA or TXT; a public network rule looks for it. Hosting companies number mail hosts too. */
export const quadAgent: Fingerprint = {
  tool: 'QUADAGENT',
  identify({ carriers }) {
    const fitting = carriers.filter(({ labels }) => labels.length === 2 && labels[0] === 'mail' && /^\d{6}$/.test(labels[1] ?? ''))
    if (fitting.length < 5 || fitting.length < carriers.length) return null
    if (fitting.some(({ qtype }) => qtype !== 'AAAA' && qtype !== 'TXT') || !fitting.some(({ qtype }) => qtype === 'TXT')) return null
    const proof = [`All ${namesText(fitting.length)} are “mail” and six digits asked as AAAA or TXT, as OilRig’s QUADAGENT asks.`]
    return { name: 'QUADAGENT', confidence: 'low', proof, carried: null }
  },
}
