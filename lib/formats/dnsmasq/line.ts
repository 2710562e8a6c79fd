/** What one dnsmasq or Pi-hole log line says. */
export interface DnsmasqLine {
  readonly month: string
  readonly day: string
  readonly clock: string
  /** Host name before the program, where syslog wrote one. */
  readonly host: string | null
  readonly program: string
  readonly pid: string
  /** With `log-queries=extra`: serial number of the lookup and the client's address and port. */
  readonly extra: { readonly serial: string; readonly address: string; readonly port: number } | null
  readonly message: string
}

const LINE = /^([A-Z][a-z]{2}) {1,2}(\d{1,2}) (\d\d:\d\d:\d\d) (?:(\S+) )?(dnsmasq(?:-dhcp|-tftp|-script)?|pihole-FTL)\[(\d+)\]: (.*)$/
const EXTRA = /^(\d+) ([0-9a-fA-F.:]+)\/(\d+) (.*)$/

/** @returns null when the line is not dnsmasq's. */
export function readLine(text: string): DnsmasqLine | null {
  const [, month, day, clock, host, program, pid, rest] = LINE.exec(text) ?? []
  if (month === undefined || day === undefined || clock === undefined || program === undefined) return null
  if (pid === undefined || rest === undefined) return null
  const [, serial, address, port, message] = EXTRA.exec(rest) ?? []
  const extra = serial !== undefined && address !== undefined ? { serial, address, port: Number(port) } : null
  return { month, day, clock, host: host ?? null, program, pid, extra, message: message ?? rest }
}

/** A message about a lookup; names are raw text that may itself contain ` from ` or ` is `. */
export type DnsmasqMessage =
  | { readonly kind: 'query'; readonly type: string; readonly name: string; readonly client: string; readonly tcp: boolean }
  | { readonly kind: 'reply'; readonly name: string; readonly data: string }
  | { readonly kind: 'lease'; readonly address: string; readonly name: string | null }
  | { readonly kind: 'other'; readonly reason: string }

const QUERY = /^(tcp )?query\[([^\]]{1,32})\] (.*) from ([0-9a-fA-F.:]+)(?:%\S+)?$/
const DNSSEC_QUERY = /^dnssec-(?:query|retry)\[/
const REPLY =
  /^(?:reply|cached|cached-stale|config|special domain|(?:exactly |regex )?(?:denied|blacklisted|blocked)|gravity blocked|\/\S+) (.*)$/

/** `log-dhcp` puts a transaction number before it; a host that gives no name has none behind its hardware address. */
const LEASE = /^(?:\d{1,10} )?(?:DHCPACK|DHCPREPLY)\([^)]{1,64}\) ([0-9a-fA-F.:]{2,45}) (\S{1,256})(?: (\S{1,255}))?$/

/** @param program - the part of dnsmasq that says it. */
export function readMessage(message: string, program = 'dnsmasq'): DnsmasqMessage {
  if (program.startsWith('dnsmasq-')) return readLease(program === 'dnsmasq-dhcp' ? LEASE.exec(message) : null)
  const query = QUERY.exec(message)
  if (query) {
    const [, tcp, type = '', name = '', client = ''] = query
    return { kind: 'query', type, name, client, tcp: tcp !== undefined }
  }
  if (DNSSEC_QUERY.test(message) || message.startsWith('forwarded ')) return { kind: 'other', reason: 'upstream' }
  const body = REPLY.exec(message)?.[1]
  // A name cannot hold a space unless it is unprintable, so the first " is " ends it; data may hold another.
  const split = body?.indexOf(' is ') ?? -1
  if (body === undefined || split < 0) return { kind: 'other', reason: 'not-a-lookup' }
  return { kind: 'reply', name: body.slice(0, split), data: body.slice(split + 4) }
}

function readLease(found: RegExpExecArray | null): DnsmasqMessage {
  const [, address, , name] = found ?? []
  return address === undefined ? { kind: 'other', reason: 'not-a-lookup' } : { kind: 'lease', address, name: name ?? null }
}
