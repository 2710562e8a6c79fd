/** Fields of a protobuf message of numbers that may end with one field of bytes. */
export interface MessageFields {
  readonly numbers: ReadonlyMap<number, number>
  /** null when the message has none. */
  readonly data: Uint8Array | null
}

/**
 * Reads a message whose fields below `dataField` are numbers of 32 bits and whose last may be bytes; encoders write fields in
 * order and leave zeros out.
 *
 * @returns null unless the bytes are such a message to their very end.
 */
export function messageFields(bytes: Uint8Array, dataField: number): MessageFields | null {
  const numbers = new Map<number, number>()
  let data: Uint8Array | null = null
  let at = 0
  let last = 0
  while (at < bytes.length) {
    const tag = bytes[at] ?? 0
    const field = tag >> 3
    if (field <= last || field > dataField || (tag & 7) !== (field === dataField ? 2 : 0)) return null
    const value = varint(bytes, at + 1)
    if (value === null) return null
    at = value.end
    last = field
    if (field < dataField) {
      numbers.set(field, value.value)
      continue
    }
    data = bytes.subarray(at, at + value.value)
    if (data.length !== value.value) return null
    at += value.value
  }
  return { numbers, data }
}

function varint(bytes: Uint8Array, from: number): { value: number; end: number } | null {
  let value = 0
  for (let i = 0; i < 5; i++) {
    const byte = bytes[from + i]
    if (byte === undefined) return null
    value += (byte & 0x7f) * 2 ** (7 * i)
    if (byte < 0x80) return value > 0xffffffff ? null : { value, end: from + i + 1 }
  }
  return null
}
