import { inflateSync } from 'node:zlib'
import type { Decoding } from '@/lib/domain/evidence'
import type { Identification } from '../fingerprints/fingerprint'
import { type Carrier, type Carriers, carriersOf, type NameGroup } from '../fingerprints/name-group'
import { bitsPerCharacter, MIN_JUDGED_LENGTH, UNREADABLE_BITS } from '../readability'
import { type Alphabet, decodeText } from './base-n'
import { entropyOf, ipPacketOf, magicOf, printableShare, uniformityOf } from './byte-tests'
import { coveringAlphabets, recogniseEncoding } from './recognise-encoding'

/** Names looked into, and bytes kept of what they hold: enough to recognise a file, little enough to decode at every update. */
const MAX_NAMES = 50
const MAX_BYTES = 16_384
const MAX_PREVIEW = 512
/** Fewer bytes could be text by chance; a word and a number already pass. */
const MIN_TEXT = 8
const TEXT_SHARE = 0.85
/** Pieces of text among others, as packets with and without text come. */
const READABLE_SHARE = 0.2
/** Random bytes fail a test at this level once in a hundred. */
const UNIFORM = 0.01
const HASH_LENGTHS: ReadonlyMap<number, string> = new Map([
  [32, 'MD5'],
  [40, 'SHA-1'],
  [64, 'SHA-256'],
])

interface Payload {
  readonly encoding: string
  readonly confidence: number
  readonly characters: number
  readonly names: number
  readonly pieces: readonly Uint8Array[]
  /** A tool's own fields say that these bytes are its payload. */
  readonly isKnown?: boolean
}

/**
 * Decodes what the names of a group carry and says what it is, or why it cannot be read. Nothing is executed; work and
 * memory are bounded whatever the names hold.
 *
 * @param tool - what `identify` found for the same group: its header fields are known and taken off.
 * @returns null when no name carries anything unreadable.
 */
export function decodeGroup(group: NameGroup, tool: Identification | null): Decoding | null {
  const known = tool?.carried ?? null
  if (known !== null && known.pieces.length > 0) {
    const characters = known.pieces.reduce((sum, { length }) => sum + Math.ceil((8 * length) / known.alphabet.bits), 0)
    return judged({
      encoding: known.alphabet.name,
      confidence: 1,
      characters,
      names: known.pieces.length,
      pieces: known.pieces,
      isKnown: true,
    })
  }
  const texts = payloadTexts(tunnelOf(carriersOf(group)))
  if (texts.length === 0) return null
  const plain = plainText(texts)
  if (plain !== null) return plain
  const found = recogniseEncoding(texts)
  const nothing = { names: 0, bytes: 0, preview: null, magic: null }
  if (found === null) {
    const refusal = 'The names keep to no known alphabet, or hold too few characters to tell; their case may be lost.'
    return { encoding: null, confidence: 0, characters: texts.join('').length, ...nothing, refusal }
  }
  const { name: encoding, confidence, characters, alphabet } = found
  const hash = hashOf(texts)
  if (hash !== null) return { encoding, confidence, characters, ...nothing, refusal: hash }
  if (alphabet === null) {
    return {
      encoding,
      confidence,
      characters,
      ...nothing,
      refusal: `Nothing defines how ${encoding} stands for bytes; each program does it its own way.`,
    }
  }
  const pieces = decoded(texts, alphabet)
  return judged({ encoding, confidence, characters, names: pieces.length, pieces })
}

/** Bytes that come out printable by the wrong alphabet: fewer than one in 10¹² texts of this length. */
const MIN_PLAIN_TEXT = 24

/** Text that was merely encoded: recognised by what comes out, because it does not use its alphabet evenly. */
function plainText(texts: readonly string[]): Decoding | null {
  const characters = texts.join('').length
  for (const alphabet of coveringAlphabets(texts)) {
    // A file may be cut before it is encoded, or encoded before it is cut.
    for (const pieces of [decoded(texts, alphabet), decoded([texts.join('')], alphabet)]) {
      const stream = joined(pieces)
      if (stream.length < MIN_PLAIN_TEXT || printableShare(stream) < TEXT_SHARE) continue
      return judged({ encoding: alphabet.name, confidence: 1, characters, names: texts.length, pieces })
    }
  }
  return null
}

const decoded = (texts: readonly string[], alphabet: Alphabet): Uint8Array[] =>
  texts.flatMap((text) => decodeText(alphabet.isCased ? text : text.toLowerCase(), alphabet) ?? [])

/** The deepest ending that still holds most names. */
function tunnelOf(levels: readonly Carriers[]): Carriers | null {
  const all = levels[0]?.carriers.length ?? 0
  return levels.findLast(({ carriers }) => 2 * carriers.length >= all) ?? null
}

/** The unreadable labels of each name, in the order of a counter when the first label is one, else of time. */
function payloadTexts(tunnel: Carriers | null): string[] {
  if (tunnel === null) return []
  const texts = ordered(withCountersApart(tunnel.carriers)).map(({ labels, cased }) =>
    (tunnel.keepsCase ? cased : labels).filter((_, i) => isPayload(labels[i] ?? '')).join(''),
  )
  return texts.filter((text) => text.length > 0).slice(0, MAX_NAMES)
}

const isPayload = (label: string): boolean => label.length >= MIN_JUDGED_LENGTH && bitsPerCharacter(label) > UNREADABLE_BITS

const COUNTED_LABEL = /^([0-9a-f]{1,6})-(.+)$/

/** `07-payload` in one label becomes the labels `07` and `payload`, when nearly all names are built so and no number repeats. */
function withCountersApart(carriers: readonly Carrier[]): readonly Carrier[] {
  const apart = carriers.flatMap((carrier) => {
    const [, counter, rest] = COUNTED_LABEL.exec(carrier.labels[0] ?? '') ?? []
    if (counter === undefined || rest === undefined) return []
    const casedRest = carrier.cased[0]?.slice(counter.length + 1) ?? rest
    return [{ ...carrier, labels: [counter, rest, ...carrier.labels.slice(1)], cased: [counter, casedRest, ...carrier.cased.slice(1)] }]
  })
  const counters = new Set(apart.map(({ labels }) => labels[0]))
  return counters.size === apart.length && counters.size >= 0.8 * carriers.length ? apart : carriers
}

function ordered(carriers: readonly Carrier[]): readonly Carrier[] {
  for (const [digits, base] of [
    [/^\d{1,6}$/, 10],
    [/^[0-9a-f]{1,6}$/, 16],
  ] as const) {
    const counted = carriers.filter(({ labels }) => labels.length > 1 && digits.test(labels[0] ?? ''))
    if (new Set(counted.map(({ labels }) => labels[0])).size < 0.8 * carriers.length) continue
    return counted.toSorted((a, b) => Number.parseInt(a.labels[0] ?? '', base) - Number.parseInt(b.labels[0] ?? '', base))
  }
  return carriers
}

/** Look-ups by hash have names of one length, that of a hash. */
function hashOf(texts: readonly string[]): string | null {
  const [first = ''] = texts
  const kind = HASH_LENGTHS.get(first.length)
  if (kind === undefined || !texts.every((text) => text.length === first.length && /^[0-9a-f]+$/.test(text))) return null
  return `Every name holds ${first.length} hexadecimal characters, as ${kind} does: these may be look-ups by hash, which cannot be turned back.`
}

function judged({ pieces, isKnown = false, ...payload }: Payload): Decoding {
  const stream = joined(pieces)
  const result = { ...payload, bytes: pieces.reduce((sum, { length }) => sum + length, 0), preview: null, magic: null, refusal: null }
  if (stream.length >= MIN_TEXT && printableShare(stream) >= TEXT_SHARE)
    return { ...result, magic: magicOf(stream), preview: previewOf(stream) }
  const opened = opening(stream, pieces)
  if (opened !== null) return { ...result, ...opened }
  const readable = pieces.filter((piece) => piece.length >= MIN_TEXT && printableShare(piece) >= TEXT_SHARE)
  if ((isKnown && readable.length > 0) || isNoChance(readable, pieces)) return { ...result, preview: previewOf(joined(readable)) }
  return { ...result, refusal: refusalOf(stream) }
}

/** Of random pieces of 8 bytes one in 200 looks like text: so many must that fewer than one group in a million has them by chance. */
const isNoChance = (readable: readonly Uint8Array[], pieces: readonly Uint8Array[]): boolean =>
  readable.some(({ length }) => length >= MIN_PLAIN_TEXT) || (readable.length >= 3 && readable.length >= READABLE_SHARE * pieces.length)

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const size = Math.min(
    MAX_BYTES,
    pieces.reduce((sum, { length }) => sum + length, 0),
  )
  const stream = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    if (at >= size) break
    stream.set(piece.subarray(0, size - at), at)
    at += piece.length
  }
  return stream
}

/** A known beginning of the whole, or of at least two pieces when they are packets; compressed ones are opened. */
function opening(stream: Uint8Array, pieces: readonly Uint8Array[]): Pick<Decoding, 'magic' | 'preview'> | null {
  const packets = pieces.flatMap((piece) => {
    const plain = inflated(piece)
    // A tunnel interface puts four bytes (flags, protocol) in front of the packet.
    const packet = plain === null ? null : (ipPacketOf(plain.subarray(4)) ?? ipPacketOf(plain))
    return packet === null || plain === null ? [] : [{ packet, plain }]
  })
  const [first] = packets
  if (first !== undefined) {
    const text = readableRuns(joined(packets.map(({ plain }) => plain)))
    return { magic: `${first.packet} (zlib), ${packets.length} in all`, preview: text === '' ? null : text }
  }
  const magic = magicOf(stream)
  const plain = magic === 'zlib data' ? inflated(stream) : null
  if (plain !== null && printableShare(plain) >= TEXT_SHARE) return { magic, preview: previewOf(plain) }
  if (magic !== null) return { magic, preview: readableRuns(stream) || null }
  const kinds = pieces.flatMap((piece) => ipPacketOf(piece) ?? [])
  return kinds.length >= 2 ? { magic: `${kinds[0]}, ${kinds.length} in all`, preview: null } : null
}

/** Contents of zlib data; null when it is none, cut off, or larger than a packet can be. */
function inflated(bytes: Uint8Array): Uint8Array | null {
  if (bytes[0] !== 0x78 || bytes.length < 8) return null
  try {
    return inflateSync(bytes, { maxOutputLength: 65_536 })
  } catch {
    return null
  }
}

/** The printable runs of 6 and more characters, as the Unix command `strings` shows them. */
function readableRuns(bytes: Uint8Array): string {
  const runs = String.fromCharCode(...bytes.subarray(0, MAX_BYTES)).match(/[ -~]{6,}/g) ?? []
  return runs.join(' … ').slice(0, MAX_PREVIEW)
}

function previewOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes.subarray(0, MAX_PREVIEW)) {
    const isShown = byte >= 0x20 && byte < 0x7f && byte !== 0x5c
    const shown = isShown
      ? String.fromCharCode(byte)
      : byte === 0x0a
        ? '\\n'
        : byte === 0x5c
          ? '\\\\'
          : `\\x${byte.toString(16).padStart(2, '0')}`
    if (text.length + shown.length > MAX_PREVIEW) break
    text += shown
  }
  return text
}

function refusalOf(stream: Uint8Array): string {
  const probability = uniformityOf(stream)
  if (probability === null) return `Only ${stream.length} bytes came out, too few to tell what they are.`
  const bits = entropyOf(stream).toFixed(1)
  const most = Math.min(8, Math.log2(stream.length)).toFixed(1)
  if (probability > UNIFORM)
    return `The ${stream.length} decoded bytes are spread evenly (${bits} of ${most} bits per byte): encrypted or compressed.`
  return `The ${stream.length} decoded bytes are neither text nor of a known kind (${bits} bits per byte).`
}
