import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A file is begun anew after so many bytes; those before it go as soon as nothing in them is needed. */
const SEGMENT_BYTES = 8 * 1024 * 1024
/** Written at once when so much is gathered, else at the next turn. */
const GATHER_BYTES = 64 * 1024
const HEADER_BYTES = 8
const ENDING = '.arrivals'
/** Positions fit fifteen digits: names sort like numbers. */
const DIGITS = 15

/** Something that arrived on a socket, and from whom. */
export interface Arrival {
  /** Where it begins. */
  readonly position: number
  readonly from: string
  readonly bytes: Buffer
}

export interface JournalOptions {
  /** Bytes kept at most; what arrives beyond is not protected, and not refused. Default 256 MiB. */
  readonly maxBytes?: number
  readonly segmentBytes?: number
}

/**
 * Keeps what arrived on a socket until what was made of it is stored, so that a killed process finds it again. It is
 * written but not forced to disk: it outlives the process, not the machine. Senders are never told; see the promises in
 * docs/operations.md.
 */
export class ArrivalJournal {
  /** Where the next arrival will begin. */
  position: number
  private segments: number[]
  private handle: number | null = null
  private gathered: Buffer[] = []
  private gatheredBytes = 0
  /** Not written yet begins here. */
  private written: number
  private hasFailed = false

  /** @param start - where to go on when nothing is left of before. */
  constructor(
    private readonly dir: string,
    start: number,
    private readonly options: JournalOptions = {},
  ) {
    mkdirSync(dir, { recursive: true, mode: 0o700 })
    this.segments = readdirSync(dir)
      .filter((name) => name.endsWith(ENDING))
      .map((name) => Number(name.slice(0, -ENDING.length)))
      .filter(Number.isSafeInteger)
      .sort((a, b) => a - b)
    const last = this.segments.at(-1)
    this.position = Math.max(start, last === undefined ? 0 : last + this.wholeBytes(last))
    this.written = this.position
  }

  /** True while it is full or cannot be written: what arrives is read, but a kill loses it. */
  get isBlind(): boolean {
    return this.hasFailed || this.position - (this.segments[0] ?? this.position) > (this.options.maxBytes ?? 256 * 1024 * 1024)
  }

  append(from: string, bytes: Uint8Array): void {
    if (this.isBlind) return
    const sender = Buffer.from(from)
    const header = Buffer.alloc(HEADER_BYTES)
    header.writeUInt32BE(bytes.byteLength, 0)
    header.writeUInt32BE(sender.length, 4)
    // Copied: the bytes are a piece of what the socket reads into next.
    this.gathered.push(header, sender, Buffer.from(bytes))
    const size = HEADER_BYTES + sender.length + bytes.byteLength
    this.position += size
    this.gatheredBytes += size
    if (this.gatheredBytes >= GATHER_BYTES) this.flush()
  }

  /** Writes what was gathered. Never throws: a full disk costs the protection, not what arrives. */
  flush(): void {
    if (this.gatheredBytes === 0) return
    const bytes = Buffer.concat(this.gathered)
    this.gathered = []
    this.gatheredBytes = 0
    try {
      const handle = this.handleFor(this.written)
      let at = 0
      while (at < bytes.length) at += writeSync(handle, bytes, at)
      this.written += bytes.length
    } catch {
      this.hasFailed = true
    }
  }

  /** Forgets files in which nothing at or after the position lies. */
  forgetBefore(position: number): void {
    for (let next = this.segments[1]; next !== undefined && next <= position; next = this.segments[1]) {
      const [first] = this.segments
      if (first !== undefined) this.remove(first)
      this.segments.shift()
    }
  }

  /** What an earlier process left, from the position on; a piece that was cut by its end is left out. */
  *read(from: number): Generator<Arrival> {
    for (const [index, start] of this.segments.entries()) {
      if ((this.segments[index + 1] ?? Number.POSITIVE_INFINITY) <= from) continue
      for (const arrival of arrivalsIn(this.bytesOf(start), start)) if (arrival.position >= from) yield arrival
    }
  }

  /** Everything is stored: nothing is left behind. */
  clear(): void {
    this.close()
    for (const start of this.segments) this.remove(start)
    this.segments = []
  }

  /** Leaves what is there for the next process. */
  close(): void {
    this.flush()
    if (this.handle !== null) closeSync(this.handle)
    this.handle = null
  }

  private handleFor(position: number): number {
    const start = this.segments.at(-1)
    const isFull = start !== undefined && position - start >= (this.options.segmentBytes ?? SEGMENT_BYTES)
    if (this.handle !== null && !isFull) return this.handle
    if (this.handle !== null) closeSync(this.handle)
    // Each process begins a file of its own: the end of the last one may be half an arrival.
    this.handle = openSync(this.pathOf(position), 'w', 0o600)
    if (start !== position) this.segments.push(position)
    return this.handle
  }

  private wholeBytes(start: number): number {
    let end = 0
    for (const { position, from, bytes } of arrivalsIn(this.bytesOf(start), 0))
      end = position + HEADER_BYTES + Buffer.byteLength(from) + bytes.length
    return end
  }

  private bytesOf(start: number): Buffer {
    try {
      return readFileSync(this.pathOf(start))
    } catch {
      return Buffer.alloc(0)
    }
  }

  private remove(start: number): void {
    rmSync(this.pathOf(start), { force: true })
  }

  private pathOf = (start: number): string => join(this.dir, `${String(start).padStart(DIGITS, '0')}${ENDING}`)
}

function* arrivalsIn(bytes: Buffer, start: number): Generator<Arrival> {
  for (let at = 0; at + HEADER_BYTES <= bytes.length; ) {
    const length = bytes.readUInt32BE(at)
    const fromAt = at + HEADER_BYTES
    const bytesAt = fromAt + bytes.readUInt32BE(at + 4)
    const end = bytesAt + length
    if (end > bytes.length) return
    yield { position: start + at, from: bytes.toString('utf8', fromAt, bytesAt), bytes: bytes.subarray(bytesAt, end) }
    at = end
  }
}
