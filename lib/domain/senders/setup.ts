/** What a sender has to know to reach this server; the configuration that is printed is filled in with it. */
export interface Setup {
  /** Address people use in the browser, without a path: `https://dowser.example.org`. */
  readonly origin: string
  /** Of the key; null where the engine itself listens. */
  readonly keyId: string | null
  /** null once it was shown: a placeholder stands in its place. */
  readonly secret: string | null
  readonly address: string | null
  readonly port: number | null
  readonly path: string | null
}

export interface SenderConfig {
  readonly parts: readonly ConfigPart[]
  /** What the sender needs beside it, and what it cannot give; one sentence or two each. */
  readonly notes: readonly string[]
}

export interface ConfigPart {
  /** Where it belongs: a file's name, or what to run. */
  readonly title: string
  readonly code: string
}

export const SECRET_PLACEHOLDER = 'YOUR-KEY'

export interface Endpoint {
  readonly isTls: boolean
  readonly host: string
  /** Always a number: Beats take 9200 where an address names none. */
  readonly port: number
  readonly url: string
  readonly user: string
  readonly secret: string
}

/** The server as a client of its HTTP address sees it. */
export function endpointOf({ origin, keyId, secret }: Setup): Endpoint {
  const { protocol, hostname, port: given } = new URL(origin)
  const isTls = protocol === 'https:'
  const port = given === '' ? (isTls ? 443 : 80) : Number(given)
  const url = `${protocol}//${hostname}:${port}`
  return { isTls, host: hostname, port, url, user: keyId ?? 'dowser', secret: secret ?? SECRET_PLACEHOLDER }
}

export interface Listener {
  /** Without brackets. */
  readonly host: string
  readonly port: number
  /** `host:port`, an IPv6 address in brackets. */
  readonly hostPort: string
}

/** Where a sender reaches what the engine listens on; "every address" is the server's own name. */
export function listenerOf({ origin, address, port }: Setup): Listener {
  const isEvery = address === '0.0.0.0' || address === '::' || address === null
  const host = isEvery ? new URL(origin).hostname.replace(/^\[|\]$/g, '') : address
  const number = port ?? 0
  return { host, port: number, hostPort: host.includes(':') ? `[${host}]:${number}` : `${host}:${number}` }
}

/** Text between double quotes as every configuration language here reads it. */
export const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** True of every sender over HTTP. */
export function transportNotes({ origin }: Setup): readonly string[] {
  const { protocol, hostname } = new URL(origin)
  if (LOOPBACK.includes(hostname))
    return [
      'This address reaches Dowser from this machine alone. For senders elsewhere put it behind a proxy with https and set DOWSER_URL.',
    ]
  return protocol === 'http:'
    ? ['Over http the key and the logs can be read on the way. Use an https address where the network is not yours alone.']
    : []
}
