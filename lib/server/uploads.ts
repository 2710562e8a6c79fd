import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { UploadDesk } from '@/lib/intake/uploads/upload-desk'
import { importEvents } from '@/lib/services/events/import-events'
import { contextFor } from './context'
import { env } from './env'
import { logger } from './logger'
import { once } from './once'

const SWEEP_MS = 15 * 60_000

/** The desk for resumable uploads of this process; files lie in the data folder. */
export const uploadDesk = (): UploadDesk =>
  once('uploads', () => {
    const { dataDir } = env()
    return new UploadDesk({
      dir: join(/* turbopackIgnore: true */ dataDir, 'uploads'),
      now: Date.now,
      freeBytes: async () => {
        const { bavail, bsize } = await statfs(dataDir)
        return bavail * bsize
      },
      read: async (bytes, { name, size }, by) =>
        (await importEvents(contextFor(by, ''), { bytes, meta: { via: 'upload', name, bytesTotal: size } })).intake,
      onFailure: (what, cause) => logger.error(`${what} failed`, { cause }),
    })
  })

/** Reads what was whole when the last process ended, and removes what fell silent, from now on. */
export function keepUploads(): void {
  const failed = (cause: unknown) => logger.error('keeping uploads failed', { cause })
  void uploadDesk().resume().catch(failed)
  setInterval(() => void uploadDesk().sweep().catch(failed), SWEEP_MS).unref()
}
