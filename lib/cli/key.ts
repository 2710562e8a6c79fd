import { existsSync } from 'node:fs'
import type { IntakeKey, LogSource } from '@/lib/domain/log-source'
import { createKey } from '@/lib/services/log-sources/create-key'
import { listKeys } from '@/lib/services/log-sources/list-keys'
import { revokeKey } from '@/lib/services/log-sources/revoke-key'
import type { AppStores } from './app-stores'
import { parseArguments } from './arguments'
import { type Command, CommandError, EXIT, UsageError } from './command'
import { dataFolder, prepareDataFolder } from './data-folder'
import { terminalSafe, textTable } from './terminal-text'

const USAGE = `Usage: dowser key list
       dowser key create SOURCE [--name NAME] [--days N|never]
       dowser key revoke KEY

Manages the keys with which senders deliver to log sources of the kinds elastic and api; the server may be running. SOURCE
is the name or id of a log source, KEY the id of a key or its first characters as the list shows them. create prints the
secret once; without --days the key holds for 365 days. Every change is in the audit log as made by "command line".

Exit code 0 when it ran, 1 when it could not, 2 for wrong usage.`

const MAX_DAYS = 3_650

/** One of the sub-commands, its arguments already checked. */
type Work = (stores: AppStores) => Promise<string>

export const key: Command = {
  name: 'key',
  summary: 'list, create, revoke keys of log sources',
  usage: USAGE,
  async run(args, terminal) {
    const work = chosen(args)
    const folder = dataFolder(terminal)
    if (!existsSync(folder.appDb)) throw new CommandError(`no Dowser data in ${folder.dir}; set DOWSER_DATA to the data folder`)
    prepareDataFolder(folder, terminal.now())
    // Loaded when it is needed: the other commands start without the database client.
    const { withAppStores } = await import('./app-stores')
    await terminal.out(await withAppStores(folder.appDb, terminal.now, explained(work)))
    return EXIT.ok
  },
}

function chosen([verb, ...args]: readonly string[]): Work {
  const { values, rest } = parseArguments(args, { flags: [], values: verb === 'create' ? ['name', 'days'] : [] })
  const [what] = rest
  if (verb === 'list' && rest.length === 0) return list
  if (verb !== 'create' && verb !== 'revoke') throw new UsageError('say list, create or revoke')
  if (what === undefined || rest.length > 1)
    throw new UsageError(verb === 'create' ? 'create takes one log source' : 'revoke takes one key')
  if (verb === 'revoke') return (stores) => revoke(stores, what)
  const days = daysOf(values.days)
  const name = (values.name ?? 'command line').trim()
  if (name === '' || name.length > 100) throw new UsageError('--name has to have 1 to 100 characters')
  return (stores) => create(stores, what, name, days)
}

function daysOf(text: string | undefined): number | null {
  if (text === 'never') return null
  const days = Number(text ?? 365)
  if (Number.isInteger(days) && days >= 1 && days <= MAX_DAYS) return days
  throw new UsageError(`--days is a number from 1 to ${MAX_DAYS}, or never`)
}

const instant = (at: number | null, none: string): string => (at === null ? none : new Date(at).toISOString())

const list: Work = async (stores) => {
  const { keys } = await listKeys(stores)
  const rows = keys.map(({ key: entry, source }) => [
    ...[terminalSafe(source.name), terminalSafe(entry.name), entry.prefix, stateOf(entry, stores.now())],
    ...[instant(entry.expiresAt, 'never'), instant(entry.lastUsedAt, 'never'), entry.id],
  ])
  return `${textTable([['SOURCE', 'NAME', 'KEY', 'STATE', 'ENDS', 'LAST USED', 'ID'], ...rows])}\n`
}

const stateOf = ({ revokedAt, expiresAt }: IntakeKey, now: number): string =>
  revokedAt !== null ? 'revoked' : expiresAt !== null && expiresAt <= now ? 'expired' : 'valid'

async function create(stores: AppStores, wanted: string, name: string, days: number | null): Promise<string> {
  const source = await requireSource(stores, wanted)
  const { key: made, secret } = await createKey(stores, { logSourceId: source.id, name, days })
  return `Made a key for ${terminalSafe(source.name)}, valid ${made.expiresAt === null ? 'without an end' : `until ${instant(made.expiresAt, '')}`}.
ID: ${made.id}
Key, shown only now: ${secret}
`
}

async function revoke(stores: AppStores, wanted: string): Promise<string> {
  const { keys } = await listKeys(stores)
  const matching = keys.filter(({ key: { id, prefix, revokedAt } }) => id === wanted || (prefix === wanted && revokedAt === null))
  const [found] = matching
  if (found === undefined) throw new CommandError(`there is no key ${terminalSafe(wanted)}; dowser key list shows them`)
  if (matching.length > 1) throw new CommandError(`${matching.length} keys begin with ${terminalSafe(wanted)}; give the id`)
  await revokeKey(stores, { logSourceId: found.source.id, keyId: found.key.id })
  return `Revoked ${terminalSafe(found.key.name)} (${found.key.prefix}…) of ${terminalSafe(found.source.name)}.\n`
}

async function requireSource({ logSources }: Pick<AppStores, 'logSources'>, wanted: string): Promise<LogSource> {
  const sources = await logSources.list({ includeRemoved: false })
  const found = sources.find(({ id, name }) => id === wanted || name.toLowerCase() === wanted.toLowerCase())
  if (found !== undefined) return found
  const there = sources.map(({ name }) => terminalSafe(name)).join(', ')
  throw new CommandError(
    `there is no log source ${terminalSafe(wanted)}${there === '' ? '; add one on the page Sources' : `; there are ${there}`}`,
  )
}

/** What a service refuses is for the person at the terminal, without a stack. */
function explained(work: Work): Work {
  return async (stores) => {
    try {
      return await work(stores)
    } catch (error) {
      if (error instanceof Error && error.name === 'ServiceError') throw new CommandError(error.message)
      throw error
    }
  }
}
