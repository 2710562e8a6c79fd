/** Lookups of an office, made up: the same in every run. */
export interface Lookup {
  readonly n: number
  /** Epoch ms. */
  readonly at: number
  /** 0–399; the client's address is 10.1.(client >> 8).(client & 255). */
  readonly client: number
  readonly qname: string
}

export const START_MS = Date.UTC(2026, 0, 5, 8)
/** 400 clients, 3,000 zones of falling popularity, 350 lookups a second. */
const CLIENTS = 400
const ZONES = 3_000
const LOOKUPS_PER_SECOND = 350
const HOSTS = ['www', 'api', 'cdn', 'mail', 'static.assets', 'login', 'telemetry.eu-west-1', 'img2']

/** xorshift32. */
export function randomSource(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

export function* officeLookups(count: number): Generator<Lookup> {
  const random = randomSource(7)
  for (let n = 0; n < count; n++) {
    const zone = Math.floor(ZONES * random() ** 3)
    const client = Math.floor(CLIENTS * random())
    const host = HOSTS[Math.floor(HOSTS.length * random())] ?? 'www'
    yield { n, at: START_MS + Math.floor((n * 1000) / LOOKUPS_PER_SECOND), client, qname: `${host}.zone-${zone}.com` }
  }
}

export const addressOf = ({ client }: Lookup): string => `10.1.${client >> 8}.${client & 255}`
