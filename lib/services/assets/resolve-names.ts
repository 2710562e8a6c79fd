import { keysHolding } from '@/lib/domain/asset-key'
import { type NameOrigin, nameAt } from '@/lib/domain/host-name'
import type { ServiceContext } from '@/lib/services/context'

/** Whose name is asked for: a source as an alarm or an event has it, at an instant; `at` null: now. */
export interface AskedName {
  readonly source: string
  readonly at: number | null
}

/** A name to show beside an address; the address stays what is meant. */
export interface KnownName extends AskedName {
  readonly name: string
  /** `asset`: somebody gave it on the page or by CSV, for all times. */
  readonly origin: 'asset' | NameOrigin
  /** First and last sign of a learnt name; null for a given one. */
  readonly firstSeenAt: number | null
  readonly lastSeenAt: number | null
}

type NamingContext = Pick<ServiceContext, 'assets' | 'hostNames' | 'now'>

const canonical = (source: string): string => keysHolding(source, { ipv4: [], ipv6: [] })[0] ?? source

/** Names of sources, in the order asked; those without a name are absent. A given name wins over learnt ones; a network names no host of it. */
export async function resolveNames(ctx: NamingContext, asked: readonly AskedName[]): Promise<KnownName[]> {
  const keys = new Map(asked.map(({ source }) => [source, canonical(source)]))
  const given = await ctx.assets.names([...new Set(keys.values())])
  const unnamed = [...new Set(keys.values())].filter((key) => !given.has(key))
  const learnt = unnamed.length === 0 ? new Map() : await ctx.hostNames.ofAddresses(unnamed)
  return asked.flatMap(({ source, at }): KnownName[] => {
    const key = keys.get(source) ?? source
    const name = given.get(key)
    if (name !== undefined) return [{ source, at, name, origin: 'asset', firstSeenAt: null, lastSeenAt: null }]
    const span = nameAt(learnt.get(key) ?? [], at ?? ctx.now())
    if (span === null) return []
    return [{ source, at, name: span.name, origin: span.origin, firstSeenAt: span.firstSeenAt, lastSeenAt: span.lastSeenAt }]
  })
}

/** Names of the sources of alarms when they were last seen, by alarm id; a host name that came with the events says it already. */
export async function namesOfAlarms(
  ctx: NamingContext,
  alarms: readonly { readonly id: string; readonly source: string | null; readonly lastSeenAt: number }[],
): Promise<ReadonlyMap<string, string>> {
  const asked = alarms.flatMap(({ source, lastSeenAt }) => (source === null ? [] : [{ source, at: lastSeenAt }]))
  const names = new Map<string, string>()
  for (let from = 0; from < asked.length; from += NAMES_AT_ONCE)
    for (const { source, at, name } of await resolveNames(ctx, asked.slice(from, from + NAMES_AT_ONCE))) names.set(`${source}\n${at}`, name)
  return new Map(
    alarms.flatMap(({ id, source, lastSeenAt }) => {
      const name = names.get(`${source}\n${lastSeenAt}`)
      return name === undefined || name === source ? [] : [[id, name] as const]
    }),
  )
}

/** Sources looked up in one statement; SQLite bounds its parameters. */
const NAMES_AT_ONCE = 500
