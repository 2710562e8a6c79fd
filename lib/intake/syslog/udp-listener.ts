import { createSocket, type Socket } from 'node:dgram'
import type { LogSource } from '@/lib/domain/log-source'
import type { StreamIntake } from '@/lib/engine/stream-intake'
import type { Listener } from '@/lib/engine/stream-listener'
import { Arrivals } from '../stream/arrivals'
import { listenError } from '../stream/listen-error'
import { SyslogReader } from './reader'
import type { SyslogOptions } from './tcp-listener'

/** What the kernel keeps while the engine is busy; less where net.core.rmem_max allows no more. */
const RECEIVE_BUFFER_BYTES = 8 * 1024 * 1024
/** Nobody can be told to wait: so many events are kept while the engine has no room, then lines are dropped and counted. */
const MAX_WAITING_EVENTS = 50_000

/** Takes syslog over UDP, one message a datagram. */
export class SyslogUdpListener implements Listener {
  private readonly arrivals: Arrivals
  private readonly reader: SyslogReader
  private socket: Socket | null = null

  constructor(
    private readonly source: LogSource,
    stream: StreamIntake,
    private readonly options: SyslogOptions & { readonly maxWaitingEvents?: number },
  ) {
    this.arrivals = new Arrivals(source, stream, options)
    this.reader = new SyslogReader(this.arrivals.reading, options.now, source.settings.format)
  }

  get port(): number | null {
    return this.socket?.address().port ?? null
  }

  async start(): Promise<void> {
    const { address, port } = this.source.settings
    const socket = createSocket(address?.includes(':') ? 'udp6' : 'udp4')
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('error', reject)
        socket.bind(port ?? 0, address ?? '127.0.0.1', () => {
          socket.off('error', reject)
          resolve()
        })
      })
    } catch (error) {
      socket.close()
      throw listenError(`${address}:${port}`, error)
    }
    // A datagram that could not be received is lost; the next ones are not.
    socket.on('error', () => {})
    socket.setRecvBufferSize(RECEIVE_BUFFER_BYTES)
    socket.on('message', (bytes, { address: sender }) => this.received(bytes, sender))
    this.socket = socket
    this.arrivals.start({ read: (message, sender) => this.reader.accept(message, sender) })
  }

  async stop(): Promise<void> {
    const { socket } = this
    if (socket !== null) await new Promise<void>((resolve) => socket.close(() => resolve()))
    this.socket = null
    await this.arrivals.stop()
  }

  private received(bytes: Buffer, sender: string): void {
    const { arrivals, options } = this
    if (arrivals.isFull && arrivals.reading.waiting >= (options.maxWaitingEvents ?? MAX_WAITING_EVENTS)) {
      arrivals.reading.sink.skip('dropped: no room')
      return
    }
    arrivals.take(bytes, sender)
  }
}
