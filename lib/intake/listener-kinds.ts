import type { CreateListener, ListenerKinds } from '@/lib/engine/stream-listener'
import { DnstapListener } from './dnstap/listener'
import { SyslogTcpListener } from './syslog/tcp-listener'
import { SyslogUdpListener } from './syslog/udp-listener'
import { TailListener } from './tail/listener'

/**
 * Every kind of log source that the engine opens itself.
 *
 * @param journalDir - where what arrived on sockets is kept until it is stored; without it a kill loses that.
 */
export function createListenerKinds(now: () => number, journalDir?: string): ListenerKinds {
  const options = { now, ...(journalDir === undefined ? {} : { journalDir }) }
  const dnstap: CreateListener = (source, stream) => new DnstapListener(source, stream, options)
  return {
    'dnstap-unix': dnstap,
    'dnstap-tcp': dnstap,
    'syslog-udp': (source, stream) => new SyslogUdpListener(source, stream, options),
    'syslog-tcp': (source, stream) => new SyslogTcpListener(source, stream, options),
    tail: (source, stream) => new TailListener(source, stream, { now }),
  }
}
