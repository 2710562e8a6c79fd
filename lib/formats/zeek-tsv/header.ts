const COLUMN_NAMES = {
  ts: 'ts',
  clientIp: 'id.orig_h',
  clientPort: 'id.orig_p',
  serverIp: 'id.resp_h',
  serverPort: 'id.resp_p',
  transport: 'proto',
  transactionId: 'trans_id',
  query: 'query',
  originalQuery: 'original_query',
  qtypeName: 'qtype_name',
  qtype: 'qtype',
  rcodeName: 'rcode_name',
  rcode: 'rcode',
  answers: 'answers',
  ttls: 'TTLs',
  truncated: 'TC',
  sensor: '_system_name',
} as const

/** Position of each column that is read; -1 where the log has none. */
export type ZeekColumns = Readonly<Record<keyof typeof COLUMN_NAMES, number>>

const DHCP_COLUMN_NAMES = {
  ts: 'ts',
  address: 'assigned_addr',
  hostName: 'host_name',
  fqdn: 'client_fqdn',
  leaseSeconds: 'lease_time',
  messages: 'msg_types',
} as const

/** The same of a log of address leases. */
export type ZeekDhcpColumns = Readonly<Record<keyof typeof DHCP_COLUMN_NAMES, number>>

/** What the header lines of a Zeek log say about the rows that follow. A new header may come anywhere. */
export interface ZeekHeader {
  separator: string
  setSeparator: string
  unset: string
  empty: string
  /** null before the first `#fields` line. */
  columns: ZeekColumns | null
  /** null unless the log is one of address leases. */
  dhcp: ZeekDhcpColumns | null
  width: number
}

export const emptyHeader = (): ZeekHeader => ({
  separator: '\t',
  setSeparator: ',',
  unset: '-',
  empty: '(empty)',
  columns: null,
  dhcp: null,
  width: 0,
})

/** Takes a line that starts with `#`; lines of other meaning change nothing. */
export function readHeaderLine(header: ZeekHeader, line: string): void {
  if (line.startsWith('#separator ')) {
    // The only line whose value follows a space, because the separator is not known yet.
    header.separator = unescapeHex(line.slice('#separator '.length)) || '\t'
    return
  }
  const [key, ...values] = line.split(header.separator)
  const value = values[0] ?? ''
  if (key === '#set_separator') header.setSeparator = unescapeHex(value) || ','
  else if (key === '#unset_field') header.unset = value
  else if (key === '#empty_field') header.empty = value
  else if (key === '#fields') {
    header.columns = columnsOf(values)
    header.dhcp = dhcpColumnsOf(values)
    header.width = values.length
  }
}

function columnsOf(names: readonly string[]): ZeekColumns {
  const at = (key: keyof typeof COLUMN_NAMES) => names.indexOf(COLUMN_NAMES[key])
  return {
    ts: at('ts'),
    clientIp: at('clientIp'),
    clientPort: at('clientPort'),
    serverIp: at('serverIp'),
    serverPort: at('serverPort'),
    transport: at('transport'),
    transactionId: at('transactionId'),
    query: at('query'),
    originalQuery: at('originalQuery'),
    qtypeName: at('qtypeName'),
    qtype: at('qtype'),
    rcodeName: at('rcodeName'),
    rcode: at('rcode'),
    answers: at('answers'),
    ttls: at('ttls'),
    truncated: at('truncated'),
    sensor: at('sensor'),
  }
}

/** Since Zeek 3; older logs of leases have no names. */
function dhcpColumnsOf(names: readonly string[]): ZeekDhcpColumns | null {
  const at = (key: keyof typeof DHCP_COLUMN_NAMES) => names.indexOf(DHCP_COLUMN_NAMES[key])
  const columns = {
    ts: at('ts'),
    address: at('address'),
    hostName: at('hostName'),
    fqdn: at('fqdn'),
    leaseSeconds: at('leaseSeconds'),
    messages: at('messages'),
  }
  return columns.ts >= 0 && columns.address >= 0 && columns.hostName >= 0 ? columns : null
}

/** Columns of a log of DNS lookups. */
export const isDnsLog = (columns: ZeekColumns): boolean => columns.ts >= 0 && columns.query >= 0

const unescapeHex = (text: string): string =>
  text.replace(/\\x([0-9a-fA-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)))
