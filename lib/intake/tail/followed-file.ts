import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import type { FormatParser } from '@/lib/formats/format'
import { FINGERPRINT_BYTES, type FilePlace, fingerprintOf } from './file-place'
import type { FoundFile } from './find-files'
import { type LineCoding, lineCodingOf } from './line-coding'

/** Read at once. */
export const CHUNK_BYTES = 1024 * 1024

/** One open file; a rotation moves its name, not what is read here. */
export class FollowedFile {
  /** A line begins here; everything before it was handed on. */
  position = 0
  /** Where reading it began. */
  startedAt = 0
  parser: FormatParser | null = null
  /** Does a name that is followed lead to it? Otherwise it was rotated away and is read to its end. */
  isCurrent = true
  grewAt = 0
  /** The file this is a copy of, read up to where this one is read from. */
  original: FollowedFile | null = null
  /** Told by the first bytes; until they are there, nothing is handed on. */
  coding: LineCoding = lineCodingOf(Buffer.alloc(0))
  private fingerprint = ''
  private fingerprintBytes = 0
  private changedAt = 0

  private constructor(
    public path: string,
    readonly device: number,
    readonly inode: number,
    readonly handle: FileHandle,
  ) {}

  static async open({ path }: Pick<FoundFile, 'path'>): Promise<FollowedFile> {
    const handle = await open(path, 'r')
    const { dev, ino } = await handle.stat()
    const file = new FollowedFile(path, dev, ino, handle)
    await file.isUnchanged()
    return file
  }

  startAt(offset: number): void {
    this.position = offset
    this.startedAt = offset
  }

  place(offset: number, from: number): FilePlace {
    const { device, inode, fingerprint, fingerprintBytes } = this
    return { device, inode, fingerprint, fingerprintBytes, offset, from }
  }

  /**
   * The whole lines that follow as UTF-8, up to a mebibyte of them; a line that is not ended waits.
   *
   * @returns null when there is none, `cut` when the file was emptied or written anew.
   */
  async next(): Promise<Buffer | 'cut' | null> {
    const { size, mtimeMs } = await this.handle.stat()
    if (size < this.position) return 'cut'
    if (size === this.position && mtimeMs === this.changedAt) return null
    const bytes = await this.bytesAt(this.position, Math.min(CHUNK_BYTES, size - this.position))
    // Asked after reading: what was read is of the file it still is.
    if (!(await this.isUnchanged())) return 'cut'
    this.changedAt = mtimeMs
    // A line longer than a chunk is longer than any record may be: the parser skips it in pieces.
    const lastEnd = this.coding.lastEnd(bytes)
    const end = bytes.length === CHUNK_BYTES && lastEnd === 0 ? bytes.length : lastEnd
    if (end === 0) return null
    const from = this.position
    this.position += end
    return this.coding.toUtf8(bytes.subarray(0, end), from)
  }

  async bytesAt(offset: number, length: number): Promise<Buffer> {
    const buffer = Buffer.allocUnsafe(length)
    let read = 0
    while (read < length) {
      const { bytesRead } = await this.handle.read(buffer, read, length - read, offset + read)
      if (bytesRead === 0) break
      read += bytesRead
    }
    return buffer.subarray(0, read)
  }

  /** Where the last line begins that has no end yet; the end of the file when all have. */
  async lastLineStart(): Promise<number> {
    const { size } = await this.handle.stat()
    const { coding } = this
    const whole = size - (size % coding.unit)
    const from = Math.max(0, whole - CHUNK_BYTES)
    const bytes = await this.bytesAt(from, whole - from)
    const end = coding.lastEnd(bytes)
    return from === 0 || end > 0 ? from + end : whole
  }

  /** Was it read to its end when the place was noted, or up to the place at least? */
  async isAt(place: FilePlace): Promise<boolean> {
    if (place.fingerprintBytes === 0 || (await this.handle.stat()).size < place.offset) return false
    const { hash, bytes } = await fingerprintOf(this.handle, place.fingerprintBytes)
    return bytes === place.fingerprintBytes && hash === place.fingerprint
  }

  /** Does it begin as it did? What it grew by is added to the fingerprint. */
  private async isUnchanged(): Promise<boolean> {
    const head = await this.bytesAt(0, FINGERPRINT_BYTES)
    if (head.length < this.fingerprintBytes) return false
    if (this.fingerprintBytes > 0 && hashOf(head.subarray(0, this.fingerprintBytes)) !== this.fingerprint) return false
    if (head.length > this.fingerprintBytes || this.fingerprint === '') {
      this.coding = lineCodingOf(head)
      this.fingerprint = hashOf(head)
      this.fingerprintBytes = head.length
    }
    return true
  }
}

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')
