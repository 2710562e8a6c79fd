/** A date as a BIND log writes it; null parts did not stand there. */
export interface LineDate {
  /** `19-Oct-2022 05:34:02.425` or ISO 8601, the program's own. */
  readonly own: string | null
  /** `Nov 13 10:59:46` or ISO 8601, syslog's. */
  readonly syslog: string | null
}

/** A line about a client, cut into its parts. */
export interface ClientLine extends LineDate {
  /** Host that syslog names. */
  readonly host: string | null
  readonly address: string
  readonly port: number
  /** What follows the client, views and name in parentheses removed. */
  readonly message: string
}

const SYSLOG_DATE = String.raw`[A-Z][a-z]{2} {1,2}\d{1,2} \d\d:\d\d:\d\d|\d{4}-\d\d-\d\dT[\d:.,+Z-]{8,32}`
const OWN_DATE = String.raw`\d{1,2}-[A-Z][a-z]{2}-\d{4} \d\d:\d\d:\d\d(?:\.\d{1,9})?|\d{4}-\d\d-\d\dT[\d:.,+Z-]{8,32}`
const TOPIC = '(?:[a-z-]{1,32}: ){0,2}'

/** Everything before the message stands in a place that no client can write to. */
const PREFIX = new RegExp(
  String.raw`^(?:<\d{1,3}>(?:1 )?)?(?:(${SYSLOG_DATE}) (?:(\S{1,255}) )?(?:\S{1,255} )?named(?:\[\d{1,10}\])?: )?${TOPIC}(?:(${OWN_DATE}) )?${TOPIC}`,
)
const CLIENT =
  /^client (?:@0x[0-9a-fA-F]{1,16} )?([0-9a-fA-F.:]{2,45})(?:%[\w.-]{1,32})?#(\d{1,5})(?:\/key \S{1,1100})?(?: \(\S{1,1100}\))?:? (?:view \S{1,255}: )?/

/** Is the line one of BIND's, about whatever? */
export function isNamed(text: string): boolean {
  const [prefix = '', syslog, , own] = PREFIX.exec(text) ?? []
  return syslog !== undefined || CLIENT.test(text.slice(prefix.length)) || (own !== undefined && /: $/.test(prefix))
}

/** @returns null when the line is about no client. */
export function readClientLine(text: string): ClientLine | null {
  const [prefix = '', syslog, host, own] = PREFIX.exec(text) ?? []
  const rest = text.slice(prefix.length)
  const [client, address, port] = CLIENT.exec(rest) ?? []
  if (client === undefined || address === undefined || port === undefined) return null
  return {
    own: own ?? null,
    syslog: syslog ?? null,
    host: host ?? null,
    address,
    port: Number(port),
    message: rest.slice(client.length),
  }
}

/** A message about a lookup. */
export type BindMessage =
  | { readonly kind: 'query'; readonly name: string; readonly type: string; readonly tcp: boolean; readonly server: string | null }
  | {
      readonly kind: 'response'
      readonly name: string
      readonly type: string
      readonly rcode: string
      readonly tcp: boolean | null
      readonly server: string | null
      readonly answerCount: number | null
      /** Records of an Infoblox response log, as printed. */
      readonly records: string | null
    }

const QUERY = /^query: (\S{1,1100}) ([A-Z0-9]{1,16}) ([A-Z0-9-]{1,16}) ([-+][A-Z0-9()]{0,32})(?: \(([0-9a-fA-F.:]{2,45})[^)\s]{0,40}\))?/
const RESPONSE =
  /^response: (\S{1,1100}) [A-Z0-9]{1,16} ([A-Z0-9-]{1,16}) ([A-Z0-9]{1,16}) (\d{1,5}) \d{1,5} \d{1,5} ([-+][A-Z0-9()]{0,32})(?: \(([0-9a-fA-F.:]{2,45})[^)\s]{0,40}\))?/
const INFOBLOX = /^(UDP|TCP): query: (\S{1,1100}) [A-Z0-9]{1,16} ([A-Z0-9-]{1,16}) response: ([A-Z0-9]{1,16}) [-+][A-Z]{0,16}(?: (.*))?$/
const FAILED = /^query failed \(([A-Za-z ]{1,32})\) for (\S{1,1100})\/[A-Z0-9]{1,16}\/([A-Z0-9-]{1,16}) at /
const DENIED = /^query (?:\(cache\) )?'(\S{1,1100})\/([A-Z0-9-]{1,16})\/[A-Z0-9]{1,16}' denied/

/** @returns null for transfers, updates, notifies, policy rewrites and whatever else names a client. */
export function readMessage(message: string): BindMessage | null {
  const query = QUERY.exec(message)
  if (query) {
    const [, name = '', , type = '', flags = '', server] = query
    return { kind: 'query', name, type, tcp: isTcp(flags), server: server ?? null }
  }
  const outcome = { tcp: null, server: null, answerCount: null, records: null }
  const failed = FAILED.exec(message)
  if (failed) {
    const [, rcode = '', name = '', type = ''] = failed
    return { kind: 'response', name, type, rcode: rcode.toUpperCase(), ...outcome }
  }
  const denied = DENIED.exec(message)
  if (denied) {
    const [, name = '', type = ''] = denied
    return { kind: 'response', name, type, rcode: 'REFUSED', ...outcome }
  }
  const response = RESPONSE.exec(message)
  if (response) {
    const [, name = '', type = '', rcode = '', answers = '', flags = '', server] = response
    const answerCount = Number(answers)
    return { kind: 'response', name, type, rcode, tcp: isTcp(flags), server: server ?? null, answerCount, records: null }
  }
  const infoblox = INFOBLOX.exec(message)
  if (infoblox === null) return null
  const [, transport, name = '', type = '', rcode = '', records = ''] = infoblox
  return { kind: 'response', name, type, rcode, tcp: transport === 'TCP', server: null, answerCount: null, records }
}

/** The number in `E(0)` aside, a T among the flags. */
const isTcp = (flags: string): boolean => flags.includes('T')
