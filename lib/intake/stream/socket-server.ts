import { chmod, lstat, stat, unlink } from 'node:fs/promises'
import { createConnection, createServer, type Server, type Socket } from 'node:net'
import { dirname } from 'node:path'
import type { LogSourceSettings } from '@/lib/domain/log-source'
import { listenError } from './listen-error'

/** The owner and the group may connect: who else may is decided by the group and the rights of the folder. */
const SOCKET_MODE = 0o660

export interface SocketServer {
  /** Of a TCP server; null for a socket in the file system. */
  readonly port: number | null
  close(): Promise<void>
}

/** Listens on the path of the settings, else on their address and port. @throws Error in plain words. */
export async function openServer(settings: LogSourceSettings, onConnection: (socket: Socket) => void): Promise<SocketServer> {
  const { path, address, port } = settings
  const server = createServer(onConnection)
  const place = path ?? `${address}:${port}`
  try {
    if (path === null) await listening(server, { host: address ?? '127.0.0.1', port: port ?? 0 })
    else {
      // A missing folder is EACCES to libuv.
      await stat(dirname(path))
      await removeStale(path)
      await listening(server, { path })
      await chmod(path, SOCKET_MODE)
    }
  } catch (error) {
    server.close()
    throw listenError(place, error)
  }
  const bound = server.address()
  return {
    port: bound !== null && typeof bound === 'object' ? bound.port : null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

const listening = (server: Server, where: object): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen({ ...where, backlog: 128 }, () => {
      server.off('error', reject)
      // Running out of descriptors refuses a connection; it does not end the server.
      server.on('error', () => {})
      resolve()
    })
  })

/** A process that was killed leaves its socket behind. Anything else at the path stays where it is. */
async function removeStale(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null)
  if (found === null) return
  if (!found.isSocket()) throw new Error('there is something else than a socket')
  if (await answers(path)) throw new Error('another process listens there already')
  await unlink(path)
}

const answers = (path: string): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const probe = createConnection({ path })
    probe.once('connect', () => {
      probe.destroy()
      resolve(true)
    })
    probe.once('error', (error) => {
      const code = 'code' in error ? error.code : ''
      if (code === 'ECONNREFUSED' || code === 'ENOENT') resolve(false)
      else reject(error)
    })
  })
