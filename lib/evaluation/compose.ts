import type { DnsEvent } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'

const FEWEST_LOOKUPS = 10
/** Keeps the ids of the two parts apart: ids have 52 bits. */
const ID_SHIFT = 2 ** 51

const lookupsOf = (events: readonly LogEvent[]): DnsEvent[] => events.filter((event) => event.kind === 'dns')

function counts(values: readonly (string | null)[]): [string, number][] {
  const found = new Map<string, number>()
  for (const value of values) if (value !== null) found.set(value, (found.get(value) ?? 0) + 1)
  return [...found]
}

/** A client of middling activity that answers nobody. */
function pickClient(background: readonly DnsEvent[]): string | null {
  const servers = new Set(background.map(({ serverIp }) => serverIp))
  const all = counts(background.map(({ source }) => source))
  const fit = all.filter(([source, lookups]) => lookups >= FEWEST_LOOKUPS && !servers.has(source))
  const ranked = (fit.length > 0 ? fit : all).sort(([a, n], [b, m]) => n - m || (a < b ? -1 : 1))
  return ranked[Math.floor(ranked.length / 2)]?.[0] ?? null
}

const earliest = (events: readonly LogEvent[]): number => events.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY)

/**
 * Lays a tunnel over benign traffic: its times are shifted so that it begins `atSeconds` after the background, and one of
 * the background's clients becomes its client. Made up, and marked so wherever it is counted.
 */
export function compose(
  tunnel: readonly LogEvent[],
  background: readonly LogEvent[],
  { atSeconds, client }: { atSeconds: number; client: string | undefined },
): LogEvent[] {
  const lookups = lookupsOf(background)
  const source = client ?? pickClient(lookups)
  const serverIp = counts(lookups.map((lookup) => lookup.serverIp)).sort(([, n], [, m]) => m - n)[0]?.[0] ?? null
  const shift = earliest(background) + atSeconds * 1_000 - earliest(tunnel)
  const moved = lookupsOf(tunnel).map((lookup) => ({
    ...lookup,
    ...{ source, clientIp: source, serverIp, at: Math.round(lookup.at + shift), id: (lookup.id + ID_SHIFT) % 2 ** 52 },
  }))
  return [...background, ...moved]
}
