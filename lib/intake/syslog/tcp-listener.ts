import type { LogSource } from '@/lib/domain/log-source'
import type { StreamIntake } from '@/lib/engine/stream-intake'
import type { Arrivals } from '../stream/arrivals'
import { SocketListener, type SocketListenerOptions, type SocketProtocol } from '../stream/socket-listener'
import { createFraming } from './framing'
import { SyslogReader } from './reader'

/** As long as lines in documents may be; rsyslog and syslog-ng send 8 KiB and 64 KiB at most unless told otherwise. */
export const MAX_MESSAGE_BYTES = 256 * 1024

export interface SyslogOptions extends SocketListenerOptions {
  readonly maxMessageBytes?: number
}

/** Takes syslog over TCP, counted octets or a newline after each message, from any number of senders. */
export class SyslogTcpListener extends SocketListener {
  constructor(source: LogSource, stream: StreamIntake, options: SyslogOptions) {
    super(source, stream, options, (arrivals) => protocolOn(arrivals, source, options))
  }
}

function protocolOn(arrivals: Arrivals, source: LogSource, { now, maxMessageBytes = MAX_MESSAGE_BYTES }: SyslogOptions): SocketProtocol {
  const { reading } = arrivals
  const reader = new SyslogReader(reading, now, source.settings.format)
  return {
    read: (message, sender) => reader.accept(message, sender),
    converse: (socket) => {
      const sender = socket.remoteAddress ?? ''
      const framing = createFraming(
        {
          message: (bytes) => arrivals.take(bytes, sender),
          tooLong: (head) => reading.refuse('line-too-long', `the message is longer than ${maxMessageBytes} bytes`, head.toString('utf8')),
          failed: (reason) => {
            reading.refuse('bad-framing', `A sender was disconnected: ${reason}.`, '')
            socket.destroy()
          },
        },
        maxMessageBytes,
      )
      return { push: (bytes) => framing.push(bytes), isStalled: () => framing.isInside, end: () => framing.end(true) }
    },
  }
}
