import { BASE32, BASE64URL, decodeText } from '../decode/base-n'
import type { Carried, Fingerprint } from './fingerprint'
import { MAX_PIECES, namesText } from './fingerprint'
import type { Carriers } from './name-group'

const TEXT = /^([ -{}~]{1,255})\|(\d{1,9})$/
const INDEX = /^(?:0|[1-9]\d{0,8})$/
const DATA = /^[A-Za-z0-9_-]{1,63}$/
/** Defaults of the tool: bytes of a name, of a label, kept for the chunk's number, kept around the domain. */
const REQUEST = 255
const LABEL = 63
const RESERVED = 12

interface Announcement {
  readonly file: string
  readonly chunks: number
  readonly codec: 'base32' | 'base64'
  readonly text: Uint8Array
}

interface Chunk {
  readonly index: number
  readonly text: string
  readonly sizes: readonly number[]
}

/** @see `dnsExfiltrator.cs` of DNSExfiltrator: `init.<file|chunks>.<codec>`, then `<number>.<data>…`. */
export const dnsexfiltrator: Fingerprint = {
  tool: 'DNSExfiltrator',
  identify(group) {
    const announced = announcementsOf(group)
    const [first] = announced
    if (first === undefined && !mayFillNames(group)) return null
    const chunks = chunksOf(group)
    if (first !== undefined) {
      const most = Math.max(...announced.map((one) => one.chunks))
      const fitting = chunks.filter(({ index }) => index < most)
      const files = announced.slice(0, 3).map(({ file, chunks: count }) => `“${file}” in ${count} ${count === 1 ? 'chunk' : 'chunks'}`)
      const proof = [`DNSExfiltrator’s first name announces the file ${files.join(', ')}.`]
      if (fitting.length > 0) proof.push(`${namesText(fitting.length)} carry chunk numbers below the announced ${most}.`)
      const isConsistent = announced.length + fitting.length >= 3 && fitting.length > 0
      return {
        name: 'DNSExfiltrator',
        confidence: isConsistent ? 'certain' : 'high',
        proof,
        carried: carriedBy(announced, fitting, group),
      }
    }
    if (!fillsNames(group, chunks)) return null
    return {
      name: 'DNSExfiltrator',
      confidence: 'medium',
      proof: [`${namesText(chunks.length)} are numbered without a gap and filled to exactly DNSExfiltrator’s default size.`],
      carried: null,
    }
  },
}

function announcementsOf({ carriers, keepsCase }: Carriers): Announcement[] {
  return carriers.flatMap(({ labels, cased }): Announcement[] => {
    const codec = labels.at(-1)
    if (labels[0] !== 'init' || labels.length < 2) return []
    if (labels.length > 2 && (codec === 'base32' || codec === 'base64')) {
      return announcement(decodeText(labels.slice(1, -1).join(''), BASE32), codec)
    }
    // The first version of the tool wrote it in base64url, without naming the codec.
    return keepsCase ? announcement(decodeText(cased.slice(1).join(''), BASE64URL), 'base64') : []
  })
}

function announcement(bytes: Uint8Array | null, codec: Announcement['codec']): Announcement[] {
  const parts = bytes === null ? null : TEXT.exec(String.fromCharCode(...bytes))
  return parts === null || bytes === null ? [] : [{ file: parts[1] ?? '', chunks: Number(parts[2]), codec, text: bytes }]
}

function chunksOf({ carriers }: Carriers): Chunk[] {
  return carriers.flatMap(({ labels, cased }) => {
    const [index = ''] = labels
    const data = cased.slice(1)
    if (!INDEX.test(index) || data.length === 0 || !data.every((label) => DATA.test(label))) return []
    return [{ index: Number(index), text: data.join(''), sizes: data.map((label) => label.length) }]
  })
}

/** Sizes of the labels of a name that is filled, for the tool's defaults. */
function filledSizes(domain: string): number[] {
  const left = REQUEST - RESERVED - domain.length
  const full = Math.floor(left / (LABEL + 1))
  return [...Array.from({ length: full }, () => LABEL), (left % (LABEL + 1)) - 1].filter((size) => size > 0)
}

/** True when as many names are as long as `fillsNames` needs; reading their chunks takes much longer. */
function mayFillNames({ domain, carriers }: Carriers): boolean {
  const sizes = filledSizes(domain)
  const expected = sizes.reduce((sum, size) => sum + size, 0)
  const filled = carriers.filter(
    ({ labels }) =>
      labels.length === sizes.length + 1 && labels.reduce((sum, { length }) => sum + length, -(labels[0]?.length ?? 0)) === expected,
  ).length
  return filled >= 0.9 * carriers.length - 1
}

/** The tool computes how much fits into a name of 255 bytes; another program that numbers chunks does not arrive at the same. */
function fillsNames({ domain, carriers }: Carriers, chunks: readonly Chunk[]): boolean {
  const indexes = new Set(chunks.map(({ index }) => index))
  const span = Math.max(...indexes) - Math.min(...indexes) + 1
  if (indexes.size < 10 || chunks.length < 0.9 * carriers.length || span > indexes.size) return false
  const expected = filledSizes(domain).join()
  return chunks.filter(({ sizes }) => sizes.join() === expected).length >= chunks.length - 1
}

/** The announcements, and the file they announce when the case of its text is known. */
function carriedBy(announced: readonly Announcement[], chunks: readonly Chunk[], { keepsCase }: Carriers): Carried {
  const pieces = announced.slice(0, MAX_PIECES - 1).map(({ text }) => text)
  const codec = announced[0]?.codec
  const alphabet = codec === 'base32' ? BASE32 : BASE64URL
  if (announced.length > 1 || (codec === 'base64' && !keepsCase)) return { alphabet: BASE32, pieces }
  const text = [...chunks]
    .sort((a, b) => a.index - b.index)
    .map((chunk) => chunk.text)
    .join('')
  const bytes = decodeText(codec === 'base32' ? text.toLowerCase() : text, alphabet)
  return { alphabet, pieces: bytes === null ? pieces : [...pieces, bytes] }
}
