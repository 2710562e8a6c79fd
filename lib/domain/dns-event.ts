/** How exactly the instant of an event is known. */
export type TimeQuality = 'exact' | 'second' | 'no-year' | 'assumed-zone' | 'ingest'

/** Who asked whom: detection reads `client` only (resolver-to-authority and multicast traffic is never counted for a client). */
export type DnsScope = 'client' | 'upstream' | 'local-multicast'

export type DnsTransport = 'udp' | 'tcp' | 'dot' | 'doh' | 'doq'

/** One resource record of an answer section, data in presentation form (RFC 1035 §5.1 escapes). */
export interface DnsAnswer {
  readonly name: string | null
  /** Upper-case mnemonic, `TYPE65280` when unnamed, null when the source does not say. */
  readonly type: string | null
  readonly ttlSeconds: number | null
  readonly data: string
  /** RDATA length, when the source lets us know it. */
  readonly bytes: number | null
}

/**
 * One DNS lookup: a query and, when seen, its answer. One row is one lookup, not one packet or log line;
 * client retransmits are folded into `attempts`.
 */
export interface DnsEvent {
  readonly kind: 'dns'
  /**
   * Deterministic 52-bit id: the same record read again (another import, another batch size) has the same id.
   * Unique together with `at`.
   */
  readonly id: number
  /** Instant of the query, integer epoch ms UTC; of the response when no query was seen. */
  readonly at: number
  readonly timeQuality: TimeQuality
  /** Who is counted for this lookup: canonical client address, else the name of the endpoint that logged it, else null. */
  readonly source: string | null
  readonly clientIp: string | null
  readonly clientPort: number | null
  readonly serverIp: string | null
  readonly serverPort: number | null
  readonly transport: DnsTransport | null
  /** Message id of the DNS header (RFC 1035 §4.1.1). */
  readonly transactionId: number | null
  /** Canonical name: lower-case, no trailing dot, root is `.`, bytes outside printable ASCII as `\DDD`; empty when the log destroyed all of it. */
  readonly qname: string
  /** The name as the client wrote it, when its case differs from `qname` (0x20, base64 tunnels). */
  readonly qnameRaw: string | null
  /** The log destroyed bytes of the name (`?`, truncation, U+FFFD). */
  readonly qnameLossy: boolean
  /** Upper-case mnemonic; null when the source has none (Sysmon 22). Never defaulted to A. */
  readonly qtype: string | null
  /** null = no response seen. */
  readonly rcode: string | null
  readonly answers: readonly DnsAnswer[]
  /** null = unknown, 0 = a response with an empty answer section. */
  readonly answerCount: number | null
  /** DNS message sizes in bytes, without IP and UDP headers. */
  readonly queryBytes: number | null
  readonly responseBytes: number | null
  /** The client's own host, only when an endpoint wrote the record (never the sensor's host). */
  readonly hostId: string | null
  readonly hostName: string | null
  readonly userName: string | null
  readonly processName: string | null
  /** The program or host that wrote the log. */
  readonly sensor: string | null
  readonly scope: DnsScope
  readonly attempts: number
  /** Log format id and 1-based number of the record (or packet) in its file. */
  readonly format: string
  readonly recordNo: number
}

/** The part of a stored lookup that tallies are made of, with its registered domain. Scope is `client`, the source known. */
export type CountedLookup = Pick<
  DnsEvent,
  'kind' | 'id' | 'at' | 'qname' | 'qnameRaw' | 'qtype' | 'rcode' | 'queryBytes' | 'responseBytes'
> & {
  readonly source: string
  readonly zone: string
}
