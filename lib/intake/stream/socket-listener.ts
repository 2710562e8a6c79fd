import type { Socket } from 'node:net'
import type { LogSource } from '@/lib/domain/log-source'
import type { StreamIntake } from '@/lib/engine/stream-intake'
import type { Listener } from '@/lib/engine/stream-listener'
import { type ArrivalOptions, Arrivals } from './arrivals'
import { Connections } from './connections'
import { openServer, type SocketServer } from './socket-server'

export interface SocketListenerOptions extends ArrivalOptions {
  readonly maxConnections?: number
  readonly stallMs?: number
}

/** What is said on one connection. */
export interface Conversation {
  push(bytes: Buffer): void
  /** True while the sender owes the rest of something. */
  isStalled(): boolean
  /** The sender is done. */
  end?(): void
}

/** How senders of one kind talk, and how what they send is read. */
export interface SocketProtocol {
  converse(socket: Socket): Conversation
  /** @param bytes - whole records. */
  read(bytes: Buffer, from: string): void
}

/** Listens on a socket of the file system or a TCP port for any number of senders of one log source. */
export class SocketListener implements Listener {
  private readonly arrivals: Arrivals
  private readonly connections: Connections
  private readonly protocol: SocketProtocol
  private server: SocketServer | null = null

  constructor(
    private readonly source: LogSource,
    stream: StreamIntake,
    options: SocketListenerOptions,
    protocolOn: (arrivals: Arrivals) => SocketProtocol,
  ) {
    this.arrivals = new Arrivals(source, stream, options)
    this.protocol = protocolOn(this.arrivals)
    this.connections = new Connections({
      now: options.now,
      onCount: (connections) => stream.note(source.id, { connections }),
      ...(options.maxConnections === undefined ? {} : { max: options.maxConnections }),
      ...(options.stallMs === undefined ? {} : { stallMs: options.stallMs }),
    })
  }

  /** Of a TCP listener that was started. */
  get port(): number | null {
    return this.server?.port ?? null
  }

  async start(): Promise<void> {
    this.server = await openServer(this.source.settings, (socket) => this.connected(socket))
    this.arrivals.start({
      read: (bytes, from) => this.protocol.read(bytes, from),
      onTick: () => this.connections.sweep(),
      onFull: () => this.connections.pause(),
      onRoom: () => this.connections.resume(),
    })
  }

  async stop(): Promise<void> {
    const closed = this.server?.close()
    await this.connections.close()
    await closed
    await this.arrivals.stop()
  }

  private connected(socket: Socket): void {
    const conversation = this.protocol.converse(socket)
    if (!this.connections.add(socket, () => conversation.isStalled())) {
      this.arrivals.reading.refuse('too-many-connections', 'A sender was turned away: there are too many connections.', '')
      return
    }
    socket.on('data', (bytes) => {
      this.connections.touch(socket)
      conversation.push(bytes)
    })
    socket.on('end', () => conversation.end?.())
  }
}
