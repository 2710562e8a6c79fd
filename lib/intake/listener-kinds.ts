import type { CreateListener, ListenerKinds } from '@/lib/engine/stream-listener'
import { DnstapListener } from './dnstap/listener'
import { SyslogTcpListener } from './syslog/tcp-listener'
import { SyslogUdpListener } from './syslog/udp-listener'
import { TailListener } from './tail/listener'

/** Every kind of log source that the engine opens itself. */
export function createListenerKinds(now: () => number): ListenerKinds {
  const dnstap: CreateListener = (source, stream) => new DnstapListener(source, stream, { now })
  return {
    'dnstap-unix': dnstap,
    'dnstap-tcp': dnstap,
    'syslog-udp': (source, stream) => new SyslogUdpListener(source, stream, { now }),
    'syslog-tcp': (source, stream) => new SyslogTcpListener(source, stream, { now }),
    tail: (source, stream) => new TailListener(source, stream, { now }),
  }
}
