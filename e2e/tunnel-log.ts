/** Deterministic chance (mulberry32), so that a failing test fails again. */
function chanceOf(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567'
const label = (chance: () => number, length: number) => Array.from({ length }, () => BASE32[Math.floor(chance() * BASE32.length)]).join('')
const seedOf = (text: string) => [...text].reduce((sum, letter) => Math.imul(sum, 31) + letter.charCodeAt(0), 7)

/** One line of Zeek's JSON dns.log; `at` is epoch ms. */
export function zeekLine(at: number, source: string, query: string, qtype = 'TXT'): string {
  return JSON.stringify({
    ts: at / 1000,
    uid: `C${at}${query.length}`,
    'id.orig_h': source,
    'id.orig_p': 40_000 + (at % 20_000),
    'id.resp_h': '10.9.0.53',
    'id.resp_p': 53,
    proto: 'udp',
    trans_id: at % 65_536,
    query,
    qclass_name: 'C_INTERNET',
    qtype_name: qtype,
    rcode_name: 'NOERROR',
    answers: [],
  })
}

/**
 * What a tunnel under `zone` leaves in a log: look-ups of names with 120 random base32 characters, ten a second, ending
 * at `endAt` (epoch ms). Made up by this function, not taken from a capture.
 */
export function tunnelLog(zone: string, source: string, endAt: number, lookups = 900): string {
  const chance = chanceOf(seedOf(zone + source))
  const line = (_: unknown, index: number) =>
    zeekLine(endAt - (lookups - index) * 100, source, `${label(chance, 60)}.${label(chance, 60)}.${zone}`)
  return `${Array.from({ length: lookups }, line).join('\n')}\n`
}

/** A log of at least `bytes` bytes of ordinary look-ups, one name each second. */
export function ordinaryLog(bytes: number, source: string, endAt: number): { readonly text: string; readonly lines: number } {
  const lines: string[] = []
  for (let size = 0; size < bytes; ) {
    const line = zeekLine(endAt - lines.length * 1_000, source, `www${lines.length % 50}.ordinary.example.org`, 'A')
    lines.push(line)
    size += line.length + 1
  }
  return { text: `${lines.reverse().join('\n')}\n`, lines: lines.length }
}
