/** One field of a protobuf message: a number (varint or fixed) or the bounds of its bytes. */
export interface WireField {
  readonly number: number
  /** Value of a varint or fixed field; 0 otherwise. Beyond 2^53 rounded. */
  readonly value: number
  /** Bounds of a length-delimited field; both 0 otherwise. */
  readonly from: number
  readonly to: number
}

const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5

/**
 * Fields of the protobuf message in `[start, end)`, in order (Protocol Buffers encoding, wire types 0, 1, 2 and 5).
 *
 * @returns null when the bytes are no protobuf message.
 */
export function readFields(bytes: Buffer, start: number, end: number): readonly WireField[] | null {
  const fields: WireField[] = []
  let at = start
  while (at < end) {
    const tag = readVarint(bytes, at, end)
    if (tag === null || tag.value < 8 || tag.value > 0xffffffff) return null
    const number = Math.floor(tag.value / 8)
    const field = readValue(bytes, tag.next, end, tag.value % 8)
    if (field === null) return null
    fields.push({ number, value: field.value, from: field.from, to: field.to })
    at = field.next
  }
  return fields
}

function readValue(bytes: Buffer, at: number, end: number, type: number) {
  if (type === VARINT) {
    const varint = readVarint(bytes, at, end)
    return varint === null ? null : { value: varint.value, from: 0, to: 0, next: varint.next }
  }
  if (type === FIXED32) return at + 4 > end ? null : { value: bytes.readUInt32LE(at), from: 0, to: 0, next: at + 4 }
  if (type === FIXED64) return at + 8 > end ? null : { value: Number(bytes.readBigUInt64LE(at)), from: 0, to: 0, next: at + 8 }
  if (type !== BYTES) return null
  const length = readVarint(bytes, at, end)
  if (length === null || length.next + length.value > end) return null
  return { value: 0, from: length.next, to: length.next + length.value, next: length.next + length.value }
}

/** At most ten octets, seven bits each, the lowest first. */
function readVarint(bytes: Buffer, start: number, end: number): { readonly value: number; readonly next: number } | null {
  let value = 0
  let factor = 1
  for (let at = start; at < end && at < start + 10; at++) {
    const byte = bytes[at] ?? 0
    value += (byte & 0x7f) * factor
    if (byte < 0x80) return { value, next: at + 1 }
    factor *= 128
  }
  return null
}
