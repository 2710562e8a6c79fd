import type { Socket } from 'node:net'

/** Resolvers of one site; each costs a socket and at most a frame or a line in memory. */
export const MAX_CONNECTIONS = 64
/** To say hello, or to go on with what was begun. */
export const STALL_MS = 30_000
/** A sender that was silent for so long gives way when there is no room for a new one. */
const SILENT_MS = 5 * 60_000
/** Peers that vanished are noticed by TCP itself. */
const KEEP_ALIVE_MS = 60_000

export interface ConnectionsOptions {
  readonly now: () => number
  readonly onCount: (connections: number) => void
  readonly max?: number
  readonly stallMs?: number
}

interface Held {
  lastAt: number
  /** Does it wait for the rest of something? Then it may not wait long. */
  readonly isStalled: () => boolean
}

/** Keeps track of the open connections of a listener: bounds their number, drops those that stall, pauses and resumes all. */
export class Connections {
  private readonly open = new Map<Socket, Held>()
  private isPaused = false
  private pausedAt = 0

  constructor(private readonly options: ConnectionsOptions) {}

  /** @returns false when there is no room; the socket is destroyed then. */
  add(socket: Socket, isStalled: () => boolean): boolean {
    const { max = MAX_CONNECTIONS, now } = this.options
    if (this.open.size >= max && !this.dropSilent()) {
      socket.destroy()
      return false
    }
    this.open.set(socket, { lastAt: now(), isStalled })
    socket.setKeepAlive(true, KEEP_ALIVE_MS)
    socket.once('close', () => this.forget(socket))
    socket.on('error', () => socket.destroy())
    if (this.isPaused) socket.pause()
    this.options.onCount(this.open.size)
    return true
  }

  touch(socket: Socket): void {
    const held = this.open.get(socket)
    if (held) held.lastAt = this.options.now()
  }

  pause(): void {
    this.isPaused = true
    this.pausedAt = this.options.now()
    for (const socket of this.open.keys()) socket.pause()
  }

  resume(): void {
    this.isPaused = false
    const spent = this.options.now() - this.pausedAt
    for (const [socket, held] of this.open) {
      // That nothing was read meanwhile is not the sender's fault.
      held.lastAt += spent
      socket.resume()
    }
  }

  /** Drops what stalls. */
  sweep(): void {
    if (this.isPaused) return
    const { now, stallMs = STALL_MS } = this.options
    for (const [socket, { lastAt, isStalled }] of this.open) if (isStalled() && now() - lastAt > stallMs) socket.destroy()
  }

  /** Ends all and waits until they are closed. */
  async close(): Promise<void> {
    const closed = [...this.open.keys()].map((socket) => new Promise<void>((resolve) => socket.once('close', () => resolve())))
    for (const socket of this.open.keys()) socket.destroy()
    await Promise.all(closed)
  }

  private dropSilent(): boolean {
    const { now } = this.options
    const [longest] = [...this.open].sort(([, a], [, b]) => a.lastAt - b.lastAt)
    if (longest === undefined || now() - longest[1].lastAt < SILENT_MS) return false
    this.forget(longest[0])
    longest[0].destroy()
    return true
  }

  private forget(socket: Socket): void {
    if (this.open.delete(socket)) this.options.onCount(this.open.size)
  }
}
