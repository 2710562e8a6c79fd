import { createTranscoder, encodingOf } from '@/lib/formats/text-encoding'

const NEWLINE = 0x0a

/** How a followed file writes its lines. Offsets in the file; a piece begins where a character begins. */
export interface LineCoding {
  /** Bytes of one unit: places are whole multiples of it. */
  readonly unit: 1 | 2
  /** Bytes up to and with the last line end, 0 without one. */
  lastEnd(bytes: Buffer): number
  /** Bytes up to and with the first line end, 0 without one. */
  firstEnd(bytes: Buffer): number
  /** What parsers read: UTF-8, without the byte order mark. @param offset - of the piece in the file. */
  toUtf8(bytes: Buffer, offset: number): Buffer
}

/** By the byte order mark: Windows writes logs as UTF-16 and with marks. @param head - first bytes of the file. */
export function lineCodingOf(head: Buffer): LineCoding {
  const { encoding, markBytes } = encodingOf(head)
  const withoutMark = (bytes: Buffer, offset: number): Buffer => bytes.subarray(Math.min(bytes.length, Math.max(0, markBytes - offset)))
  if (encoding === 'utf-8')
    return {
      unit: 1,
      lastEnd: (bytes) => bytes.lastIndexOf(NEWLINE) + 1,
      firstEnd: (bytes) => bytes.indexOf(NEWLINE) + 1,
      toUtf8: withoutMark,
    }
  const [low, high] = encoding === 'utf-16le' ? [0, 1] : [1, 0]
  const isEnd = (bytes: Buffer, at: number): boolean => bytes[at + low] === NEWLINE && bytes[at + high] === 0
  return {
    unit: 2,
    lastEnd(bytes) {
      for (let at = bytes.length - (bytes.length % 2) - 2; at >= 0; at -= 2) if (isEnd(bytes, at)) return at + 2
      return 0
    },
    firstEnd(bytes) {
      for (let at = 0; at + 2 <= bytes.length; at += 2) if (isEnd(bytes, at)) return at + 2
      return 0
    },
    toUtf8: (bytes, offset) => Buffer.from(createTranscoder(encoding)(withoutMark(bytes, offset), true)),
  }
}
