/** What zstd itself refuses beyond, unless told otherwise (ZSTD_WINDOWLOG_LIMIT_DEFAULT, 27). */
const MAX_WINDOW = 128 * 1024 * 1024
const FRAME_MAGIC = 0xfd2fb528
const SKIPPABLE_MAGIC = 0x184d2a5
const SIZE_BYTES = [0, 2, 4, 8]
const DICTIONARY_BYTES = [0, 1, 2, 4]
const RLE_BLOCK = 1

/**
 * Walks the frames of a zstd stream without unpacking them, so that a header that asks for gigabytes is refused before a
 * decompressor obeys it. Source: RFC 8878 §3.1.
 */
export class ZstdFrames {
  private head: number[] = []
  private skip = 0
  private inFrame = false
  private hasChecksum = false

  /**
   * @param bytes - in stream order.
   * @returns how many of them may be unpacked, and what is wrong with the header after them, if anything.
   */
  look(bytes: Uint8Array): { readonly good: number; readonly problem: string | null } {
    let at = 0
    let frameAt = 0
    while (at < bytes.length) {
      const step = Math.min(this.skip, bytes.length - at)
      this.skip -= step
      at += step
      if (at >= bytes.length) break
      if (!this.inFrame && this.head.length === 0) frameAt = at
      this.head.push(bytes[at] ?? 0)
      at += 1
      const problem = this.inFrame ? this.block() : this.frame()
      if (problem !== null) return { good: frameAt, problem }
    }
    return { good: bytes.length, problem: null }
  }

  private block(): null {
    if (this.head.length < 3) return null
    const header = this.number(0, 3)
    const isLast = (header & 1) === 1
    this.skip = ((header >> 1) & 3) === RLE_BLOCK ? 1 : header >> 3
    if (isLast && this.hasChecksum) this.skip += 4
    this.inFrame = !isLast
    this.head = []
    return null
  }

  private frame(): string | null {
    if (this.head.length < 5) return null
    const magic = this.number(0, 4)
    if (Math.floor(magic / 16) === SKIPPABLE_MAGIC) {
      if (this.head.length < 8) return null
      this.skip = this.number(4, 4)
      this.head = []
      return null
    }
    if (magic !== FRAME_MAGIC) return 'a frame does not begin as one'
    return this.header(this.head[4] ?? 0)
  }

  private header(descriptor: number): string | null {
    const isSingle = ((descriptor >> 5) & 1) === 1
    const sizeBytes = SIZE_BYTES[descriptor >> 6] || (isSingle ? 1 : 0)
    const sizeAt = 5 + (isSingle ? 0 : 1) + (DICTIONARY_BYTES[descriptor & 3] ?? 0)
    if (this.head.length < sizeAt + sizeBytes) return null
    const window = isSingle ? this.number(sizeAt, sizeBytes) + (sizeBytes === 2 ? 256 : 0) : windowOf(this.head[5] ?? 0)
    if (window > MAX_WINDOW) return `it asks for a window of ${window} bytes, more than ${MAX_WINDOW}`
    this.hasChecksum = ((descriptor >> 2) & 1) === 1
    this.inFrame = true
    this.head = []
    return null
  }

  private number(at: number, bytes: number): number {
    let value = 0
    for (let i = bytes - 1; i >= 0; i -= 1) value = value * 256 + (this.head[at + i] ?? 0)
    return value
  }
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3))
  return base + (base / 8) * (descriptor & 7)
}
