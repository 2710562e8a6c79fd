import type { LogSourceKind } from '../log-source'
import { listenerOf, quoted, type SenderConfig, type Setup } from './setup'

const NOT_AUTHENTICATED =
  'Syslog is neither encrypted nor authenticated here: anyone who reaches the port can send lines. Limit it by the firewall.'
const UDP_LOSES = 'Over UDP lines get lost under load, without a trace. Where the sender can, use TCP.'
const notesOf = (kind: LogSourceKind): readonly string[] => (kind === 'syslog-udp' ? [NOT_AUTHENTICATED, UDP_LOSES] : [NOT_AUTHENTICATED])

export const rsyslog =
  (kind: LogSourceKind) =>
  (setup: Setup): SenderConfig => {
    const { host, port } = listenerOf(setup)
    const transport =
      kind === 'syslog-udp' ? 'protocol="udp"' : 'protocol="tcp" TCP_Framing="octet-counted" queue.type="linkedList" queue.size="50000"'
    const code = [
      `if $programname == ["named", "unbound", "dnsmasq"] then`,
      `  action(type="omfwd" target=${quoted(host)} port="${port}" ${transport}`,
      '    template="RSYSLOG_SyslogProtocol23Format")',
      '',
    ].join('\n')
    return { parts: [{ title: '/etc/rsyslog.d/60-dowser.conf', code }], notes: notesOf(kind) }
  }

export const syslogNg =
  (kind: LogSourceKind) =>
  (setup: Setup): SenderConfig => {
    const { host, port } = listenerOf(setup)
    const code = [
      'destination d_dowser {',
      `  syslog(${quoted(host)} port(${port}) transport("${kind === 'syslog-udp' ? 'udp' : 'tcp'}"));`,
      '};',
      'filter f_dns { program("named") or program("unbound") or program("dnsmasq"); };',
      'log { source(s_src); filter(f_dns); destination(d_dowser); };',
      '',
    ].join('\n')
    return { parts: [{ title: '/etc/syslog-ng/conf.d/dowser.conf', code }], notes: [...notesOf(kind), 'Replace s_src with your source.'] }
  }

export const anySyslog =
  (kind: LogSourceKind) =>
  (setup: Setup): SenderConfig => {
    const { host, port } = listenerOf(setup)
    const code = [
      `server   ${host}`,
      `port     ${port}`,
      `protocol ${kind === 'syslog-udp' ? 'UDP' : 'TCP'}`,
      'format   RFC 5424 or RFC 3164',
      '',
    ].join('\n')
    return {
      parts: [{ title: 'Firewall, appliance, Windows agent', code }],
      notes: [...notesOf(kind), 'Its clock and time zone have to be right: RFC 3164 names neither the year nor the zone.'],
    }
  }
