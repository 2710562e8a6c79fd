const UNIX_EPOCH_IN_FILETIME = 116_444_736_000_000_000n
const ARRAY = 0x80
const STRING = 0x01

/** A value of a template as Windows writes it in XML; '' for what cannot be read. Types: MS-EVEN6 §2.2.12, BinXmlTypes. */
export function valueText(type: number, bytes: Buffer): string {
  if (type === (STRING | ARRAY)) return utf16(bytes).replaceAll('\0', ',')
  const { size, read } = READERS.get(type) ?? { size: 0, read: hex }
  return bytes.length < size ? '' : read(bytes)
}

interface Reader {
  /** Fewest bytes it needs. */
  readonly size: number
  readonly read: (bytes: Buffer) => string
}

const utf16 = (bytes: Buffer): string => bytes.toString('utf16le').replace(/\0+$/, '')
const hex = (bytes: Buffer): string => bytes.toString('hex').toUpperCase()
const hexNumber = (value: number | bigint): string => `0x${value.toString(16)}`
const sizeText = (bytes: Buffer): string => hexNumber(bytes.length >= 8 ? bytes.readBigUInt64LE(0) : bytes.readUInt32LE(0))

const READERS: ReadonlyMap<number, Reader> = new Map([
  [0x00, { size: 0, read: () => '' }],
  [STRING, { size: 0, read: utf16 }],
  [0x02, { size: 0, read: (bytes) => bytes.toString('latin1').replace(/\0+$/, '') }],
  [0x03, { size: 1, read: (bytes) => String(bytes.readInt8(0)) }],
  [0x04, { size: 1, read: (bytes) => String(bytes.readUInt8(0)) }],
  [0x05, { size: 2, read: (bytes) => String(bytes.readInt16LE(0)) }],
  [0x06, { size: 2, read: (bytes) => String(bytes.readUInt16LE(0)) }],
  [0x07, { size: 4, read: (bytes) => String(bytes.readInt32LE(0)) }],
  [0x08, { size: 4, read: (bytes) => String(bytes.readUInt32LE(0)) }],
  [0x09, { size: 8, read: (bytes) => String(bytes.readBigInt64LE(0)) }],
  [0x0a, { size: 8, read: (bytes) => String(bytes.readBigUInt64LE(0)) }],
  [0x0b, { size: 4, read: (bytes) => String(bytes.readFloatLE(0)) }],
  [0x0c, { size: 8, read: (bytes) => String(bytes.readDoubleLE(0)) }],
  [0x0d, { size: 4, read: (bytes) => (bytes.readUInt32LE(0) === 0 ? 'false' : 'true') }],
  [0x0e, { size: 0, read: hex }],
  [0x0f, { size: 16, read: guid }],
  [0x10, { size: 4, read: sizeText }],
  [0x11, { size: 8, read: (bytes) => fileTime(bytes.readBigUInt64LE(0)) }],
  [0x12, { size: 16, read: systemTime }],
  [0x13, { size: 8, read: sid }],
  [0x14, { size: 4, read: (bytes) => hexNumber(bytes.readUInt32LE(0)) }],
  [0x15, { size: 8, read: (bytes) => hexNumber(bytes.readBigUInt64LE(0)) }],
])

/** The first three fields of a GUID are little-endian. */
function guid(bytes: Buffer): string {
  const number = (value: number, digits: number): string => value.toString(16).padStart(digits, '0')
  const lead = [number(bytes.readUInt32LE(0), 8), number(bytes.readUInt16LE(4), 4), number(bytes.readUInt16LE(6), 4)].join('-')
  return `{${lead}-${hex(bytes.subarray(8, 10))}-${hex(bytes.subarray(10, 16))}}`.toUpperCase()
}

/** 100 ns ticks since 1601, with seven digits after the second as Windows writes them; '' outside the years 1–9999. */
function fileTime(ticks: bigint): string {
  const sinceEpoch = ticks - UNIX_EPOCH_IN_FILETIME
  const ms = Number(sinceEpoch / 10_000n)
  if (Math.abs(ms) > 8e15) return ''
  const rest = ((sinceEpoch % 10_000n) + 10_000n) % 10_000n
  const iso = new Date(ms).toISOString()
  return /^\d{4}-/.test(iso) ? `${iso.slice(0, -1)}${String(rest).padStart(4, '0')}Z` : ''
}

function systemTime(bytes: Buffer): string {
  const part = (index: number): number => bytes.readUInt16LE(index * 2)
  const ms = Date.UTC(part(0), part(1) - 1, part(3), part(4), part(5), part(6), part(7))
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString()
}

function sid(bytes: Buffer): string {
  const count = Math.min(bytes.readUInt8(1), Math.floor((bytes.length - 8) / 4))
  const parts = Array.from({ length: count }, (_, index) => bytes.readUInt32LE(8 + index * 4))
  return ['S', bytes.readUInt8(0), bytes.readUIntBE(2, 6), ...parts].join('-')
}
