import type { Socket } from 'node:net'
import type { LogSource } from '@/lib/domain/log-source'
import type { StreamIntake } from '@/lib/engine/stream-intake'
import type { Listener } from '@/lib/engine/stream-listener'
import { Connections } from '../stream/connections'
import { DELIVER_AT_EVENTS, Deliverer } from '../stream/deliverer'
import { LiveReading } from '../stream/live-reading'
import { openServer, type SocketServer } from '../stream/socket-server'
import { createFraming } from './framing'
import { SyslogReader } from './reader'

/** As long as lines in documents may be; rsyslog and syslog-ng send 8 KiB and 64 KiB at most unless told otherwise. */
export const MAX_MESSAGE_BYTES = 256 * 1024

export interface SyslogOptions {
  readonly now: () => number
  readonly holdMs?: number
  readonly maxConnections?: number
  readonly maxMessageBytes?: number
  readonly stallMs?: number
  readonly stopWaitMs?: number
}

/** Takes syslog over TCP, counted octets or a newline after each message, from any number of senders. */
export class SyslogTcpListener implements Listener {
  private readonly reading
  private readonly reader
  private readonly connections
  private readonly deliverer
  private server: SocketServer | null = null

  constructor(
    private readonly source: LogSource,
    stream: StreamIntake,
    private readonly options: SyslogOptions,
  ) {
    const { now } = options
    const { id } = source
    this.reading = new LiveReading(now, options.holdMs)
    this.reader = new SyslogReader(this.reading, now, source.settings.format)
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
    const { reading, connections, reader } = this
    const { maxMessageBytes = MAX_MESSAGE_BYTES } = this.options
    const sender = socket.remoteAddress ?? ''
    const framing = createFraming(
      {
        message: (bytes) => reader.accept(bytes, sender),
        tooLong: (head) => reading.refuse('line-too-long', `the message is longer than ${maxMessageBytes} bytes`, head.toString('utf8')),
        failed: (reason) => {
          reading.refuse('bad-framing', `A sender was disconnected: ${reason}.`, '')
          socket.destroy()
        },
      },
      maxMessageBytes,
    )
    if (!connections.add(socket, () => framing.isInside)) {
      reading.refuse('too-many-connections', 'A sender was turned away: there are too many connections.', '')
      return
    }
    socket.on('data', (bytes) => {
      connections.touch(socket)
      framing.push(bytes)
      if (reading.waiting >= DELIVER_AT_EVENTS) this.deliverer.deliver()
    })
    socket.on('end', () => framing.end(true))
  }

  private next() {
    const batch = this.reading.take()
    return batch === null ? null : { batch, place: null }
  }
}
