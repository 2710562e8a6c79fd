import { decodeText, readUint } from '../decode/base-n'
import type { Fingerprint } from './fingerprint'
import { namesText } from './fingerprint'
import type { Carrier } from './name-group'

/** Base32 of RFC 4648 with the digits 2–7 written 1–6 and the padding `=` written 9. */
const ALPHABET = { name: 'Pupy base32', isStandard: false, symbols: 'abcdefghijklmnopqrstuvwxyz123456', bits: 5, isCased: false }
const LABEL = /^[a-z1-6]{2,63}9{0,6}$/
const NONCE = 4
const RANGE = 2 ** 32

interface Request {
  readonly nonce: number
  /** Bytes encrypted with it: the next nonce is that much greater. */
  readonly size: number
}

/** @see `picocmd/client.py` of Pupy: [session .] nonce and node . payload, each label padded to whole blocks of base32. */
export const pupy: Fingerprint = {
  tool: 'Pupy',
  identify({ carriers }) {
    const requests = carriers.flatMap((carrier) => requestOf(carrier) ?? [])
    const nonces = new Set(requests.map(({ nonce }) => nonce))
    const continued = requests.filter(({ nonce, size }) => nonces.has((nonce + size) % RANGE)).length
    if (nonces.size < 4 || continued < 3 || continued < 0.3 * carriers.length) return null
    return {
      name: 'Pupy',
      confidence: 'certain',
      proof: [
        `In ${namesText(continued)} the nonce and the length of the payload add up to the nonce of another name, as in Pupy’s DNS commands.`,
      ],
      carried: null,
    }
  },
}

function requestOf({ labels }: Carrier): Request | null {
  if (labels.length < 2 || labels.length > 3) return null
  const [head, payload] = labels.slice(-2).map(bytesOf)
  if (head === null || head === undefined || payload === null || payload === undefined || head.length < NONCE || payload.length === 0)
    return null
  const session = labels.length === 3 ? bytesOf(labels[0] ?? '') : null
  if (labels.length === 3 && session?.length !== NONCE) return null
  return { nonce: readUint(head, 0, NONCE), size: head.length - NONCE + payload.length }
}

function bytesOf(label: string): Uint8Array | null {
  if (label.length % 8 !== 0 || !LABEL.test(label)) return null
  return decodeText(label.replace(/9+$/, ''), ALPHABET)
}
