/** The parts of pako 2.1.0 below its classes, which its own types leave out. */
declare module 'pako/lib/zlib/deflate.js' {
  import type ZStream from 'pako/lib/zlib/zstream.js'
  export function deflateInit2(
    stream: ZStream,
    level: number,
    method: number,
    windowBits: number,
    memLevel: number,
    strategy: number,
  ): number
  export function deflateReset(stream: ZStream): number
  export function deflate(stream: ZStream, flush: number): number
}

declare module 'pako/lib/zlib/zstream.js' {
  class ZStream {
    input: Uint8Array | null
    next_in: number
    avail_in: number
    output: Uint8Array | null
    next_out: number
    avail_out: number
    total_out: number
  }
  export = ZStream
}
