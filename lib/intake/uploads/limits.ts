/** Bounds of uploads that are kept on disk until they are whole. */
export interface UploadLimits {
  /** Of one file. */
  readonly maxBytes: number
  /** Uploads of one person that are not read yet. */
  readonly maxOpen: number
  /** Announced bytes of all uploads together. */
  readonly maxTotalBytes: number
  /** Disk space that stays free: events are to be stored from what arrives. */
  readonly reserveBytes: number
  /** Silence after which an open upload is removed. */
  readonly expiryMs: number
  /** How long it is told what became of an upload. */
  readonly rememberMs: number
}

const GIB = 1024 ** 3
const HOUR_MS = 3_600_000

export const UPLOAD_LIMITS: UploadLimits = {
  maxBytes: 64 * GIB,
  maxOpen: 20,
  maxTotalBytes: 128 * GIB,
  reserveBytes: 2 * GIB,
  expiryMs: 24 * HOUR_MS,
  rememberMs: 24 * HOUR_MS,
}
