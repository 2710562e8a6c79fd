import zlib from 'node:zlib'
import { Decompress } from 'fzstd'
import { ZstdFrames } from './zstd-frames'

export type Container = 'none' | 'gzip' | 'zstd'

/** Thrown for a container that Dowser does not open, before any event. */
export class UnsupportedContainerError extends Error {
  readonly code = 'unsupported-container'
  constructor(readonly container: string) {
    super(`${container} files cannot be read here: unpack the file first and send what is inside (gzip and zstd are read as they are)`)
    this.name = 'UnsupportedContainerError'
  }
}

const MAGICS: readonly { readonly container: string; readonly bytes: readonly number[] }[] = [
  { container: 'gzip', bytes: [0x1f, 0x8b] },
  { container: 'zstd', bytes: [0x28, 0xb5, 0x2f, 0xfd] },
  { container: 'zip', bytes: [0x50, 0x4b, 0x03, 0x04] },
  { container: 'bzip2', bytes: [0x42, 0x5a, 0x68] },
  { container: 'xz', bytes: [0xfd, 0x37, 0x7a, 0x58, 0x5a] },
]

/** Longest of the magic numbers. */
export const MAGIC_BYTES = 5

/** @throws UnsupportedContainerError for zip, bzip2 and xz. */
export function containerOf(head: Uint8Array): Container {
  const found = MAGICS.find(({ bytes }) => bytes.every((byte, at) => head[at] === byte))?.container ?? 'none'
  if (found === 'none' || found === 'gzip' || found === 'zstd') return found
  throw new UnsupportedContainerError(found)
}

export interface Limits {
  /** Output bytes per input byte tolerated once the output is larger than `freeBytes`. */
  readonly maxRatio: number
  readonly maxBytes: number
}

/** Below this much output a high ratio harms nobody. */
const FREE_BYTES = 64 * 1024 * 1024
/** Input is fed in pieces at fixed offsets, so that what survives a broken stream does not depend on how it arrived. */
const PIECE = 16 * 1024

/** A piece of unpacked bytes and how far the input has been consumed for it. */
export interface Unpacked {
  readonly bytes: Uint8Array
  readonly inputBytes: number
}

/**
 * Unpacks a stream. A container that is cut or broken gives what could be read; `problems` then says where it broke.
 *
 * @param chunks - the input from its first byte.
 */
export async function* unpack(
  chunks: AsyncIterable<Uint8Array>,
  container: Container,
  limits: Limits,
  problems: string[],
): AsyncGenerator<Unpacked> {
  let inputBytes = 0
  if (container === 'none') {
    for await (const bytes of chunks) {
      inputBytes += bytes.length
      yield { bytes, inputBytes }
    }
    return
  }
  const stream = decompressorOf(container)
  let outputBytes = 0
  try {
    for await (const piece of pieces(chunks)) {
      const before = inputBytes
      const outputs = await stream.write(piece)
      inputBytes += piece.length
      for (const bytes of outputs) {
        outputBytes += bytes.length
        const excess = excessOf(inputBytes, outputBytes, limits)
        if (excess) return void problems.push(excess)
        yield { bytes, inputBytes }
      }
      if (stream.error) return void problems.push(`${container} data is damaged between byte ${before} and ${inputBytes}: ${stream.error}`)
    }
    for (const bytes of await stream.end()) yield { bytes, inputBytes }
    if (stream.error) problems.push(`${container} data ends too early, at byte ${inputBytes}: ${stream.error}`)
  } finally {
    stream.close()
  }
}

function excessOf(inputBytes: number, outputBytes: number, limits: Limits): string | null {
  if (outputBytes > limits.maxBytes) return `unpacking stopped after ${limits.maxBytes} bytes, the most one file may hold`
  if (outputBytes <= FREE_BYTES || outputBytes <= inputBytes * limits.maxRatio) return null
  return `unpacking stopped at byte ${inputBytes}: it grew more than ${limits.maxRatio} times, as no log does`
}

async function* pieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let held: Buffer = Buffer.alloc(0)
  for await (const chunk of chunks) {
    held = held.length === 0 ? Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength) : Buffer.concat([held, chunk])
    let from = 0
    for (; from + PIECE <= held.length; from += PIECE) yield held.subarray(from, from + PIECE)
    held = Buffer.from(held.subarray(from))
  }
  if (held.length > 0) yield held
}

interface Decompressor {
  /** Why reading stopped; what was given out before stays good. */
  readonly error: string | null
  write(piece: Uint8Array): Promise<readonly Uint8Array[]>
  end(): Promise<readonly Uint8Array[]>
  close(): void
}

/** Node has zstd from 22.15 on; older versions read it by a library. */
function decompressorOf(container: Exclude<Container, 'none'>): Decompressor {
  if (container === 'gzip') return new ZlibDecompressor(zlib.createGunzip())
  const create: unknown = Reflect.get(zlib, 'createZstdDecompress')
  return typeof create === 'function' ? new ZlibDecompressor(create()) : new FzstdDecompressor()
}

class FzstdDecompressor implements Decompressor {
  error: string | null = null
  private outputs: Uint8Array[] = []
  private readonly frames = new ZstdFrames()
  // Its output is a view of memory that it writes to again.
  private readonly stream = new Decompress((bytes) => this.outputs.push(bytes.slice()))

  async write(piece: Uint8Array): Promise<readonly Uint8Array[]> {
    const { good, problem } = this.frames.look(piece)
    const outputs = this.push(piece.subarray(0, good), false)
    this.error ??= problem
    return outputs
  }

  async end(): Promise<readonly Uint8Array[]> {
    return this.push(new Uint8Array(0), true)
  }

  close(): void {
    this.outputs = []
  }

  private push(piece: Uint8Array, isLast: boolean): readonly Uint8Array[] {
    try {
      this.stream.push(piece, isLast)
    } catch (error) {
      this.error = error instanceof Error ? error.message : String(error)
    }
    const taken = this.outputs.filter((bytes) => bytes.length > 0)
    this.outputs = []
    return taken
  }
}

/** A zlib stream driven a piece at a time; an error ends it without losing what was read before. */
class ZlibDecompressor implements Decompressor {
  error: string | null = null
  private outputs: Uint8Array[] = []
  /** Ends the wait for the piece being read: zlib does not call back for a piece it fails on. */
  private resolveWait: () => void = () => undefined

  constructor(private readonly stream: zlib.Gunzip) {
    this.stream.on('data', (bytes: Buffer) => this.outputs.push(bytes))
    this.stream.on('error', (error) => {
      this.error = error.message
      this.resolveWait()
    })
    this.stream.on('end', () => this.resolveWait())
  }

  async write(piece: Uint8Array): Promise<readonly Uint8Array[]> {
    await new Promise<void>((resolve) => {
      this.resolveWait = resolve
      this.stream.write(piece, () => resolve())
    })
    return this.take()
  }

  async end(): Promise<readonly Uint8Array[]> {
    await new Promise<void>((resolve) => {
      this.resolveWait = resolve
      this.stream.end()
    })
    return this.take()
  }

  close(): void {
    this.stream.destroy()
  }

  private take(): readonly Uint8Array[] {
    const taken = this.outputs
    this.outputs = []
    return taken
  }
}
