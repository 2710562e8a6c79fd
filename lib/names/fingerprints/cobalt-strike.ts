import type { Fingerprint, Identification } from './fingerprint'
import { namesText } from './fingerprint'
import type { Carriers } from './name-group'
import { commonest } from './sequence'

const HEX_LABEL = /^[0-9a-f]{1,62}$/
const NONCE = /^[0-9a-f]{1,9}$/
const BEACON = /^[0-9a-f]{7,8}$/
const READS: ReadonlySet<string> = new Set(['api', 'cdn', 'www6'])
const WRITES: ReadonlySet<string> = new Set(['www', 'post'])
const STAGE = /^([a-z])([a-z])([a-z])$/

/** @see Cobalt Strike's DNS beacon with the words of its default profile, as in public profile references and Sigma's rule. */
export const cobaltStrike: Fingerprint = {
  tool: 'Cobalt Strike',
  identify: (group) => beacon(group) ?? stager(group),
}

function beacon({ carriers }: Carriers): Identification | null {
  const names = carriers.flatMap(({ labels }) => {
    if (labels.length < 3 || !BEACON.test(labels.at(-1) ?? '')) return []
    const [word = '', ...rest] = labels
    const [nonce = '', id = ''] = rest.slice(-2)
    if (!NONCE.test(nonce)) return []
    const data = rest.slice(0, -2)
    if (READS.has(word) && data.length === 0) return [{ nonce, id, isWrite: false }]
    // The first digit of the data counts its labels.
    const isCounted = Number(data[0]?.charAt(0)) === data.length && data.every((label) => HEX_LABEL.test(label))
    return WRITES.has(word) && data.length > 0 && data.length <= 4 && isCounted ? [{ nonce, id, isWrite: true }] : []
  })
  const { value, count } = commonest(names.map(({ id }) => id))
  const own = names.filter(({ id }) => id === value)
  const nonces = new Set(own.map(({ nonce }) => nonce))
  if (count < 5 || nonces.size < 5 || count < 0.6 * carriers.length) return null
  const writes = own.filter(({ isWrite }) => isWrite).length
  const proof = [
    `${namesText(count)} end in a number that changes and in the beacon number ${value}, below words of Cobalt Strike’s default profile.`,
  ]
  if (writes >= 3) proof.push(`In ${namesText(writes)} the first digit counts the labels of data that follow.`)
  return { name: 'Cobalt Strike', confidence: writes >= 3 ? 'high' : 'medium', proof, carried: null }
}

/** The stager counts its pieces aaa, baa, caa, … in front of `stage` and a number. */
function stager({ carriers }: Carriers): Identification | null {
  const counts = carriers.flatMap(({ labels, qtype }) => {
    const letters = STAGE.exec(labels[0] ?? '')
    if (letters === null || labels[1] !== 'stage' || labels.length > 3 || (qtype !== null && qtype !== 'TXT')) return []
    return [[1, 2, 3].reduce((sum, i) => sum + ((letters[i] ?? 'a').charCodeAt(0) - 97) * 26 ** (i - 1), 0)]
  })
  const distinct = new Set(counts)
  if (distinct.size < 5 || Math.max(...distinct) - Math.min(...distinct) + 1 > distinct.size || counts.length < 0.6 * carriers.length)
    return null
  const proof = [
    `${namesText(distinct.size)} count aaa, baa, caa, … without a gap in front of the label “stage”, as Cobalt Strike’s DNS stager does.`,
  ]
  return { name: 'Cobalt Strike', confidence: 'high', proof, carried: null }
}
