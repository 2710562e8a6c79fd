import { createHash, randomBytes } from 'node:crypto'

const PREFIX = 'dsk_'
/** Enough to tell keys apart in a list, far too little to guess the other 250 bits. */
const SHOWN_CHARACTERS = 8

/** SHA-256 of a secret, hex. The secret has 256 random bits, so that a slow hash would protect nothing. */
export const hashIntakeSecret = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex')

export interface IntakeSecret {
  /** Shown once, never stored. */
  readonly secret: string
  readonly secretHash: string
  readonly prefix: string
}

export function newIntakeSecret(): IntakeSecret {
  const secret = `${PREFIX}${randomBytes(32).toString('base64url')}`
  return { secret, secretHash: hashIntakeSecret(secret), prefix: secret.slice(0, SHOWN_CHARACTERS) }
}
