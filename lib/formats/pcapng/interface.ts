/** What a capture says about one interface: link type and the clock of its packets. */
export interface CaptureInterface {
  readonly linkType: number
  /** Epoch ms (fractions cut off) of a 64-bit timestamp given as two 32-bit halves. */
  readonly toMs: (high: number, low: number) => number
}

const OPTION_END = 0
const OPTION_TSRESOL = 9
const OPTION_TSOFFSET = 14

/**
 * Reads an interface description block's body.
 *
 * @param body - from the link type up to the block's trailing length.
 */
export function readInterface(body: Buffer, littleEndian: boolean): CaptureInterface {
  const u16 = (at: number) => (littleEndian ? body.readUInt16LE(at) : body.readUInt16BE(at))
  let resolution = 6
  let offsetSeconds = 0
  for (let at = 8; at + 4 <= body.length; ) {
    const code = u16(at)
    const length = u16(at + 2)
    const value = at + 4
    if (code === OPTION_END || value + length > body.length) break
    if (code === OPTION_TSRESOL && length >= 1) resolution = body[value] ?? 6
    if (code === OPTION_TSOFFSET && length >= 8) {
      offsetSeconds = Number(littleEndian ? body.readBigInt64LE(value) : body.readBigInt64BE(value))
    }
    at = value + ((length + 3) & ~3)
  }
  return { linkType: u16(0), toMs: clockOf(resolution, offsetSeconds * 1000) }
}

/** @param resolution - as `if_tsresol`: a negative power of 10, or of 2 when the top bit is set. */
function clockOf(resolution: number, offsetMs: number): CaptureInterface['toMs'] {
  // Microseconds until the year 2255 fit a double exactly.
  if (resolution === 6) return (high, low) => offsetMs + Math.floor((high * 4294967296 + low) / 1000)
  const exponent = BigInt(resolution & 0x7f)
  const perSecond = resolution & 0x80 ? 1n << exponent : 10n ** exponent
  return (high, low) => offsetMs + Number((((BigInt(high) << 32n) | BigInt(low)) * 1000n) / perSecond)
}
