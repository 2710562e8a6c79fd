import type { Socket } from 'node:net'
import type { LogSource } from '@/lib/domain/log-source'
import type { StreamIntake } from '@/lib/engine/stream-intake'
import type { Listener } from '@/lib/engine/stream-listener'
import { DNSTAP_CONTENT_TYPE, dnstap } from '@/lib/formats/dnstap/parser'
import { Connections } from '../stream/connections'
import { DELIVER_AT_EVENTS, Deliverer } from '../stream/deliverer'
import { LiveReading } from '../stream/live-reading'
import { openServer, type SocketServer } from '../stream/socket-server'
import { FrameStream } from './frame-stream'

export interface DnstapOptions {
  readonly now: () => number
  readonly holdMs?: number
  readonly maxConnections?: number
  readonly stallMs?: number
  readonly stopWaitMs?: number
}

/** Takes dnstap from any number of resolvers over a Unix socket or TCP (Frame Streams, with or without handshake). */
export class DnstapListener implements Listener {
  private readonly reading
  private readonly connections
  private readonly deliverer
  private server: SocketServer | null = null

  constructor(
    private readonly source: LogSource,
    stream: StreamIntake,
    private readonly options: DnstapOptions,
  ) {
    const { now } = options
    const { id } = source
    this.reading = new LiveReading(now, options.holdMs)
    this.connections = new Connections({
      now,
      onCount: (connections) => stream.note(id, { connections }),
      ...(options.maxConnections === undefined ? {} : { max: options.maxConnections }),
      ...(options.stallMs === undefined ? {} : { stallMs: options.stallMs }),
    })
    this.deliverer = new Deliverer({
      ...{ logSourceId: id, stream, now },
      onTick: () => {
        this.connections.sweep()
        this.reading.tick(null)
      },
      next: () => this.next(),
      onFull: () => this.connections.pause(),
      onRoom: () => this.connections.resume(),
    })
  }

  /** Of a TCP listener that was started. */
  get port(): number | null {
    return this.server?.port ?? null
  }

  async start(): Promise<void> {
    this.server = await openServer(this.source.settings, (socket) => this.connected(socket))
    this.deliverer.start()
  }

  async stop(): Promise<void> {
    const closed = this.server?.close()
    await this.connections.close()
    await closed
    this.reading.end()
    await this.deliverer.stop(this.options.stopWaitMs)
  }

  private connected(socket: Socket): void {
    const { reading, connections } = this
    const parser = reading.parserOf(dnstap)
    const stream = new FrameStream(DNSTAP_CONTENT_TYPE, {
      frames: (bytes) => reading.push(parser, bytes),
      reply: (bytes) => socket.write(bytes),
      finished: () => socket.end(),
      failed: (reason) => {
        reading.refuse('not-dnstap', `A sender was disconnected: ${reason}.`, '')
        socket.destroy()
      },
    })
    // A resolver that is asked nothing says nothing; but whoever begins has to go on.
    if (!connections.add(socket, () => !stream.isOpen || stream.isInsideFrame)) {
      reading.refuse('too-many-connections', 'A sender was turned away: there are too many connections.', '')
      return
    }
    socket.on('data', (bytes) => {
      connections.touch(socket)
      stream.push(bytes)
      if (reading.waiting >= DELIVER_AT_EVENTS) this.deliverer.deliver()
    })
  }

  private next() {
    const batch = this.reading.take()
    return batch === null ? null : { batch, place: null }
  }
}
