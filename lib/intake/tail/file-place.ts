import { createHash } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { z } from 'zod'

/** First bytes that tell a file from another under the same inode. */
export const FINGERPRINT_BYTES = 1_024

/** Where to go on in one file. Kept as JSON. */
export const filePlaceSchema = z.object({
  device: z.number(),
  inode: z.number(),
  /** Of the first `fingerprintBytes` bytes: a file cut to nothing and written anew keeps its inode. */
  fingerprint: z.string(),
  fingerprintBytes: z.number(),
  /** All lookups that begin before it are stored. A line begins here. */
  offset: z.number(),
  /** Reading begins here, so that answers find their questions; what begins before `offset` is not stored again. */
  from: z.number(),
})
export type FilePlace = z.infer<typeof filePlaceSchema>

/** Places of the files of a source; the path tells which file had it last. */
export const placesSchema = z.object({ files: z.array(filePlaceSchema.extend({ path: z.string() })) })
export type Places = z.infer<typeof placesSchema>

/** SHA-256 of the first bytes, at most `bytes`. */
export async function fingerprintOf(handle: FileHandle, bytes: number): Promise<{ readonly hash: string; readonly bytes: number }> {
  const buffer = Buffer.alloc(bytes)
  let length = 0
  while (length < bytes) {
    const { bytesRead } = await handle.read(buffer, length, bytes - length, length)
    if (bytesRead === 0) break
    length += bytesRead
  }
  return { hash: createHash('sha256').update(buffer.subarray(0, length)).digest('hex'), bytes: length }
}
