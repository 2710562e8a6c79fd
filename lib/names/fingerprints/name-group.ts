/** A name that was asked, as far as recognising its maker needs it. */
export interface GroupName {
  /** Canonical name, at or below the group's zone. */
  readonly name: string
  /** The name in the case it was asked in; null when that is `name` itself. */
  readonly raw: string | null
  readonly qtype: string | null
  readonly rcode: string | null
  /** Instant it was first asked, epoch ms. */
  readonly at: number
}

/** Names that one source, or several, asked below one zone. */
export interface NameGroup {
  readonly zone: string
  readonly names: readonly GroupName[]
}

/** A name below a possible tunnel domain, cut to the labels in front of it: one character per byte. */
export interface Carrier {
  /** Lower-case. */
  readonly labels: readonly string[]
  /** In the case that was asked. */
  readonly cased: readonly string[]
  readonly qtype: string | null
  readonly at: number
}

/** Names of a group that share an ending, in order of time. */
export interface Carriers {
  /** Domain the carriers lie below: the zone, or a name in it (`t.example.com`). */
  readonly domain: string
  readonly carriers: readonly Carrier[]
  /** The case of letters is the asking program's: neither the log nor a resolver (0x20) changed it. */
  readonly keepsCase: boolean
}

/** Names looked at; a sketch keeps no more. */
const MAX_NAMES = 1_024
/** Labels that a tunnel's own domain adds to the zone, at most. */
const MAX_DEPTH = 4
/** Names that must share an ending before it is taken for a tunnel's domain, and their share of those one label up. */
const MIN_SHARING = 3
const MIN_SHARE = 0.3

const DOT = 0x2e
const BACKSLASH = 0x5c
/** Longest name in presentation form: four characters an octet. */
const codes = new Uint8Array(1_024)

/** Labels of a name in presentation form (RFC 1035 §5.1), escapes undone: one character per byte. */
export function labelsOf(name: string): string[] {
  if (!name.includes('\\')) return name.split('.')
  const labels: string[] = []
  let length = 0
  for (let i = 0; i < name.length && length < codes.length; i++) {
    const code = name.charCodeAt(i)
    if (code === DOT) {
      labels.push(String.fromCharCode(...codes.subarray(0, length)))
      length = 0
    } else if (code !== BACKSLASH) codes[length++] = code
    else {
      const byte = escapedByte(name, i + 1)
      codes[length++] = byte ?? name.charCodeAt(i + 1)
      i += byte === null ? 1 : 3
    }
  }
  labels.push(String.fromCharCode(...codes.subarray(0, length)))
  return labels
}

/** Value of three decimal digits, or null when they are none. */
function escapedByte(name: string, at: number): number | null {
  let value = 0
  for (let i = at; i < at + 3; i++) {
    const digit = name.charCodeAt(i) - 0x30
    if (!(digit >= 0 && digit <= 9)) return null
    value = 10 * value + digit
  }
  return value & 255
}

/**
 * A resolver that randomises case (draft-vixie-dnsext-dns0x20) writes the zone itself in changing case, and the same
 * name in several: no tool does either. Without any capital nothing is known of the case.
 */
function keepsCase({ names, zone }: NameGroup): boolean {
  const zones = new Set<string>()
  const casings = new Map<string, string>()
  let hasCapitals = false
  for (const { name, raw } of names) {
    const written = raw ?? name
    zones.add(written.slice(written.length - zone.length))
    const other = casings.get(name)
    if (other !== undefined && other !== written) return false
    casings.set(name, written)
    hasCapitals ||= raw !== null
  }
  return hasCapitals && zones.size === 1
}

/** The group below its zone, and below every ending that many of its names share: one of them is a tunnel's domain. */
export function carriersOf(group: NameGroup): readonly Carriers[] {
  const depth = group.zone.split('.').length
  const isCaseKept = keepsCase(group)
  let carriers = group.names
    .slice(0, MAX_NAMES)
    .flatMap(({ name, raw, qtype, at }): Carrier[] => {
      const labels = labelsOf(name)
      if (labels.length <= depth) return []
      const own = labels.slice(0, -depth)
      return [{ labels: own, cased: raw === null ? own : labelsOf(raw).slice(0, -depth), qtype, at }]
    })
    .sort((a, b) => a.at - b.at)
  const found: Carriers[] = []
  let domain = group.zone
  for (let level = 0; carriers.length > 0; level++) {
    found.push({ domain, carriers, keepsCase: isCaseKept })
    const ending = level < MAX_DEPTH ? commonEnding(carriers) : null
    if (ending === null) break
    carriers = carriers
      .filter(({ labels }) => labels.length > 1 && labels.at(-1) === ending)
      .map(({ labels, cased, qtype, at }) => {
        const own = labels.slice(0, -1)
        return { labels: own, cased: cased === labels ? own : cased.slice(0, -1), qtype, at }
      })
    domain = `${ending}.${domain}`
  }
  return found
}

function commonEnding(carriers: readonly Carrier[]): string | null {
  const counts = new Map<string, number>()
  for (const { labels } of carriers) {
    const last = labels.length > 1 ? labels.at(-1) : undefined
    if (last !== undefined) counts.set(last, (counts.get(last) ?? 0) + 1)
  }
  const [top] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return top === undefined || top[1] < MIN_SHARING || top[1] < MIN_SHARE * carriers.length ? null : top[0]
}
