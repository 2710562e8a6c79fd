const VARINT = 0
const FIXED64 = 1
const BYTES = 2
const FIXED32 = 5

/** Longest varint: ten octets of seven bits. */
const VARINT_BYTES = 10

/**
 * Goes through the fields of a protobuf message (Protocol Buffers encoding, wire types 0, 1, 2 and 5) without making an
 * object for each: a capture has a dozen of them in every message.
 */
export class WireReader {
  /** Number of the field last read. */
  field = 0
  /** Value of a varint or fixed field; 0 otherwise. Beyond 2^53 rounded. */
  value = 0
  /** Bounds of a length-delimited field; both 0 otherwise. */
  from = 0
  to = 0
  /** The bytes read so far are no protobuf message. */
  isMalformed = false
  private bytes: Buffer = Buffer.alloc(0)
  private at = 0
  private end = 0

  /** Begins with the message in `[start, end)` of `bytes`. */
  begin(bytes: Buffer, start: number, end: number): void {
    this.bytes = bytes
    this.at = start
    this.end = end
    this.isMalformed = false
  }

  /** @returns false at the end, and where the bytes are none of a protobuf message. */
  next(): boolean {
    if (this.isMalformed || this.at >= this.end) return false
    const tag = this.varint()
    if (tag < 8 || tag > 0xffffffff) return this.refuse()
    this.field = Math.floor(tag / 8)
    this.value = 0
    this.from = 0
    this.to = 0
    switch (tag % 8) {
      case VARINT:
        this.value = this.varint()
        return this.value >= 0 || this.refuse()
      case FIXED32:
        if (this.at + 4 > this.end) return this.refuse()
        this.value = this.bytes.readUInt32LE(this.at)
        this.at += 4
        return true
      case FIXED64:
        if (this.at + 8 > this.end) return this.refuse()
        this.value = Number(this.bytes.readBigUInt64LE(this.at))
        this.at += 8
        return true
      case BYTES:
        return this.delimited()
      default:
        return this.refuse()
    }
  }

  private delimited(): boolean {
    const length = this.varint()
    if (length < 0 || this.at + length > this.end) return this.refuse()
    this.from = this.at
    this.to = this.at + length
    this.at = this.to
    return true
  }

  private refuse(): false {
    this.isMalformed = true
    return false
  }

  /** @returns -1 for one that is cut or too long. */
  private varint(): number {
    const { bytes, end } = this
    const last = this.at + VARINT_BYTES
    let value = 0
    let factor = 1
    while (this.at < end && this.at < last) {
      const byte = bytes[this.at] ?? 0
      this.at += 1
      value += (byte & 0x7f) * factor
      if (byte < 0x80) return value
      factor *= 128
    }
    return -1
  }
}
