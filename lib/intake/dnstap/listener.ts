import type { LogSource } from '@/lib/domain/log-source'
import type { StreamIntake } from '@/lib/engine/stream-intake'
import { DNSTAP_CONTENT_TYPE, dnstap } from '@/lib/formats/dnstap/parser'
import type { Arrivals } from '../stream/arrivals'
import { SocketListener, type SocketListenerOptions, type SocketProtocol } from '../stream/socket-listener'
import { FrameStream } from './frame-stream'

export type DnstapOptions = SocketListenerOptions

/** Takes dnstap from any number of resolvers over a Unix socket or TCP (Frame Streams, with or without handshake). */
export class DnstapListener extends SocketListener {
  constructor(source: LogSource, stream: StreamIntake, options: DnstapOptions) {
    super(source, stream, options, protocolOn)
  }
}

function protocolOn(arrivals: Arrivals): SocketProtocol {
  const { reading } = arrivals
  // Frames are whole and stand for themselves, whichever resolver sent them.
  const parser = reading.parserOf(dnstap)
  return {
    read: (frames) => reading.push(parser, frames),
    converse: (socket) => {
      const stream = new FrameStream(DNSTAP_CONTENT_TYPE, {
        frames: (bytes) => arrivals.take(bytes),
        reply: (bytes) => socket.write(bytes),
        finished: () => socket.end(),
        failed: (reason) => {
          reading.refuse('not-dnstap', `A sender was disconnected: ${reason}.`, '')
          socket.destroy()
        },
      })
      return {
        push: (bytes) => stream.push(bytes),
        // A resolver that is asked nothing says nothing; but whoever begins has to go on.
        isStalled: () => !stream.isOpen || stream.isInsideFrame,
      }
    },
  }
}
