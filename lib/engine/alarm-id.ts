import { createHash } from 'node:crypto'

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const CHARACTERS = 12

/** What an alarm is about; one alarm a key and episode. */
export interface EpisodeKey {
  readonly detector: string
  readonly zone: string | null
  readonly source: string | null
}

/** `ALM-` and 60 bits of a SHA-256 as base32 (RFC 4648): the same episode found again has the same id. */
export function alarmIdOf(key: EpisodeKey, firstSeenAt: number): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([key.detector, key.zone, key.source, firstSeenAt]))
    .digest()
  let bits = digest.readBigUInt64BE(0)
  let id = ''
  for (let i = 0; i < CHARACTERS; i++) {
    id += BASE32[Number(bits >> 59n)] ?? ''
    bits = (bits << 5n) & 0xffff_ffff_ffff_ffffn
  }
  return `ALM-${id}`
}
