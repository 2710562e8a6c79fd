import { Readable } from 'node:stream'
import { createGunzip, createInflate } from 'node:zlib'
import type { BulkLimits } from './limits'

/** A body that is not taken. `status` is that of the answer. */
export class BodyError extends Error {
  override readonly name = 'BodyError'
  constructor(
    readonly status: 400 | 408 | 413 | 415 | 429,
    readonly type: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/** Bytes that all requests together hold. */
export class ByteBudget {
  private held = 0
  constructor(private readonly max: number) {}

  /** @returns false when there is no room; a request alone always has some. */
  take(bytes: number, ownBytes: number): boolean {
    if (this.held > ownBytes && this.held + bytes > this.max) return false
    this.held += bytes
    return true
  }

  give(bytes: number): void {
    this.held -= bytes
  }
}

const MEGABYTE = 1_048_576

/**
 * Reads a request's body, unpacked, within the limits; what it holds is counted against the budget until `release`.
 *
 * @throws BodyError for a body that is too long, too slow, badly packed, or comes when there is no room.
 */
export async function readBody(
  request: Request,
  limits: BulkLimits,
  budget: ByteBudget,
): Promise<{ bytes: Uint8Array; release: () => void }> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > limits.maxBodyBytes) throw tooLarge(limits)
  const collected = new Collected(limits, budget)
  try {
    await collect(request, limits, collected)
    return { bytes: collected.whole(), release: () => collected.release() }
  } catch (error) {
    collected.release()
    throw error
  }
}

const tooLarge = (limits: BulkLimits) =>
  new BodyError(
    413,
    'content_too_long_exception',
    `the body is longer than ${Math.floor(limits.maxBodyBytes / MEGABYTE)} MB; send fewer documents at once`,
  )

class Collected {
  packedBytes = 0
  private bytes = 0
  private lineBytes = 0
  private readonly parts: Buffer[] = []

  constructor(
    private readonly limits: BulkLimits,
    private readonly budget: ByteBudget,
  ) {}

  add(part: Buffer): void {
    const { limits } = this
    const size = this.bytes + part.byteLength
    if (size > limits.maxBodyBytes) throw tooLarge(limits)
    if (size > limits.ratioFreeBytes && size > limits.maxRatio * Math.max(1, this.packedBytes))
      throw new BodyError(413, 'content_too_long_exception', `the body unpacks to more than ${limits.maxRatio} times its size`)
    const lastEnd = part.lastIndexOf(0x0a)
    this.lineBytes = lastEnd < 0 ? this.lineBytes + part.byteLength : part.byteLength - lastEnd - 1
    if (this.lineBytes > limits.maxLineBytes)
      throw new BodyError(
        413,
        'content_too_long_exception',
        `a line of the body is longer than ${Math.floor(limits.maxLineBytes / MEGABYTE)} MB`,
      )
    if (!this.budget.take(part.byteLength, this.bytes))
      throw new BodyError(429, 'circuit_breaking_exception', 'too many bytes are on their way in; send again in a second')
    this.bytes = size
    this.parts.push(part)
  }

  /** In a buffer of its own, which may be handed over; the pieces are let go. */
  whole(): Uint8Array {
    const whole = new Uint8Array(this.bytes)
    let at = 0
    for (const part of this.parts.splice(0)) {
      whole.set(part, at)
      at += part.byteLength
    }
    return whole
  }

  release(): void {
    this.budget.give(this.bytes)
    this.bytes = 0
  }
}

async function collect(request: Request, limits: BulkLimits, collected: Collected): Promise<void> {
  const encoding = (request.headers.get('content-encoding') ?? 'identity').trim().toLowerCase()
  const unpack = unpackerFor(encoding)
  const packed = pieces(request, limits, (bytes) => {
    collected.packedBytes += bytes
  })
  if (unpack === null) {
    for await (const piece of packed) collected.add(Buffer.from(piece))
    return
  }
  const source = Readable.from(packed)
  source.on('error', (error) => unpack.destroy(error))
  source.pipe(unpack)
  try {
    for await (const piece of unpack as AsyncIterable<Buffer>) collected.add(piece)
  } catch (error) {
    source.destroy()
    if (error instanceof BodyError) throw error
    throw new BodyError(
      400,
      'illegal_argument_exception',
      `the body is no whole ${encoding}: ${error instanceof Error ? error.message : 'unreadable'}`,
    )
  } finally {
    unpack.destroy()
  }
}

function unpackerFor(encoding: string) {
  if (encoding === 'identity' || encoding === '') return null
  if (encoding === 'gzip' || encoding === 'x-gzip') return createGunzip()
  if (encoding === 'deflate') return createInflate()
  throw new BodyError(415, 'illegal_argument_exception', 'the content encoding is none of gzip, deflate and identity')
}

/** The body's pieces as they come; a sender that falls silent or takes too long is cut off. */
async function* pieces(request: Request, limits: BulkLimits, count: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  if (request.body === null) return
  const reader = request.body.getReader()
  const began = performance.now()
  let isWhole = false
  try {
    for (;;) {
      const left = limits.bodyMs - (performance.now() - began)
      const next = await within(Math.min(limits.idleMs, left), reader.read())
      if (next.done) break
      count(next.value.byteLength)
      yield next.value
    }
    isWhole = true
  } finally {
    if (!isWhole) reader.cancel().catch(() => {})
  }
}

async function within<Value>(ms: number, work: Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new BodyError(408, 'timeout_exception', 'the body did not arrive in time')), Math.max(0, ms))
  })
  const whole = work.catch((cause: unknown) => {
    throw new BodyError(400, 'illegal_argument_exception', 'the connection broke before the body was whole', { cause })
  })
  whole.catch(() => {})
  try {
    return await Promise.race([whole, late])
  } finally {
    clearTimeout(timer)
  }
}
