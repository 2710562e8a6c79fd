const TYPES: ReadonlyMap<number, string> = new Map([
  [1, 'A'],
  [2, 'NS'],
  [3, 'MD'],
  [4, 'MF'],
  [5, 'CNAME'],
  [6, 'SOA'],
  [7, 'MB'],
  [8, 'MG'],
  [9, 'MR'],
  [10, 'NULL'],
  [11, 'WKS'],
  [12, 'PTR'],
  [13, 'HINFO'],
  [14, 'MINFO'],
  [15, 'MX'],
  [16, 'TXT'],
  [17, 'RP'],
  [18, 'AFSDB'],
  [19, 'X25'],
  [20, 'ISDN'],
  [21, 'RT'],
  [22, 'NSAP'],
  [24, 'SIG'],
  [25, 'KEY'],
  [26, 'PX'],
  [27, 'GPOS'],
  [28, 'AAAA'],
  [29, 'LOC'],
  [32, 'NB'],
  [33, 'SRV'],
  [35, 'NAPTR'],
  [36, 'KX'],
  [37, 'CERT'],
  [38, 'A6'],
  [39, 'DNAME'],
  [41, 'OPT'],
  [42, 'APL'],
  [43, 'DS'],
  [44, 'SSHFP'],
  [45, 'IPSECKEY'],
  [46, 'RRSIG'],
  [47, 'NSEC'],
  [48, 'DNSKEY'],
  [49, 'DHCID'],
  [50, 'NSEC3'],
  [51, 'NSEC3PARAM'],
  [52, 'TLSA'],
  [53, 'SMIMEA'],
  [55, 'HIP'],
  [59, 'CDS'],
  [60, 'CDNSKEY'],
  [61, 'OPENPGPKEY'],
  [62, 'CSYNC'],
  [63, 'ZONEMD'],
  [64, 'SVCB'],
  [65, 'HTTPS'],
  [99, 'SPF'],
  [108, 'EUI48'],
  [109, 'EUI64'],
  [249, 'TKEY'],
  [250, 'TSIG'],
  [251, 'IXFR'],
  [252, 'AXFR'],
  [253, 'MAILB'],
  [255, 'ANY'],
  [256, 'URI'],
  [257, 'CAA'],
  [32769, 'DLV'],
])

const RCODES: ReadonlyMap<number, string> = new Map([
  [0, 'NOERROR'],
  [1, 'FORMERR'],
  [2, 'SERVFAIL'],
  [3, 'NXDOMAIN'],
  [4, 'NOTIMP'],
  [5, 'REFUSED'],
  [6, 'YXDOMAIN'],
  [7, 'YXRRSET'],
  [8, 'NXRRSET'],
  [9, 'NOTAUTH'],
  [10, 'NOTZONE'],
  [11, 'DSOTYPENI'],
  [16, 'BADVERS'],
  [17, 'BADKEY'],
  [18, 'BADTIME'],
  [19, 'BADMODE'],
  [20, 'BADNAME'],
  [21, 'BADALG'],
  [22, 'BADTRUNC'],
  [23, 'BADCOOKIE'],
])

/** Mnemonic of a record type (IANA DNS parameters), `TYPE65280` when it has none (RFC 3597 §5). */
export const typeOfNumber = (value: number): string => TYPES.get(value) ?? `TYPE${value}`

/** Mnemonic of a response code (IANA DNS parameters), `RCODE3841` when it has none. */
export const rcodeOfNumber = (value: number): string => RCODES.get(value) ?? `RCODE${value}`

const NAMED = new Set(TYPES.values())
const NUMBERED_TYPE = /^TYPE(\d{1,5})$/

/**
 * A source's spelling of a record type as the mnemonic used everywhere: upper-case, `*` is ANY, a number or `TYPE16`
 * its name. null for an empty or missing value.
 */
export function canonicalType(text: string | null): string | null {
  if (text === null || text === '' || text === '-') return null
  const upper = text.toUpperCase()
  if (NAMED.has(upper)) return upper
  if (upper === '*') return 'ANY'
  const digits = NUMBERED_TYPE.exec(upper)?.[1] ?? (/^\d{1,5}$/.test(upper) ? upper : undefined)
  return digits === undefined ? upper.slice(0, 32) : typeOfNumber(Number(digits))
}
