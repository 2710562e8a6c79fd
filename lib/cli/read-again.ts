import { existsSync } from 'node:fs'
import type { EngineCommand } from '@/lib/domain/engine-commands'
import type { KeptRecords, ReadAgainParams } from '@/lib/domain/read-again'
import { ownerKey, type RejectOwner } from '@/lib/domain/reject-owner'
import { readAgainAsImport } from '@/lib/intake/rejects/read-again'
import { readAgain } from '@/lib/services/rejects/read-again'
import type { AppStores } from './app-stores'
import { parseArguments } from './arguments'
import { type Command, CommandError, EXIT, UsageError } from './command'
import { dataFolder } from './data-folder'
import { type EngineDesk, withEngine } from './import'
import { requireFormat } from './replay'
import { terminalSafe, textTable } from './terminal-text'

const USAGE = `Usage: dowser read-again
       dowser read-again [--format NAME] IMPORT|SOURCE

Reads records again that could not be read when they came: after an upgrade, after the clock was put right, or as another
format. Without a name it lists of what records are kept. IMPORT is an import's id, SOURCE the name or id of a log source.
What can be read now is stored as an import of its own, and nothing twice; what cannot stays kept. The server may be running.

  --format NAME    read lines as this format, whatever they were read as before

Exit code 0 when it ran, 1 when it could not, 2 for wrong usage.`

interface Owner {
  readonly owner: RejectOwner
  readonly id: string
  readonly name: string
}

export const readRejectsAgain: Command = {
  name: 'read-again',
  summary: 'read rejected records again after a fix',
  usage: USAGE,
  async run(args, terminal) {
    const { values, rest } = parseArguments(args, { flags: [], values: ['format'] })
    requireFormat(values.format)
    const [wanted] = rest
    if (rest.length > 1) throw new UsageError('name one import or log source')
    const { appDb, dir } = dataFolder(terminal)
    if (!existsSync(appDb)) throw new CommandError(`no Dowser data in ${dir}; set DOWSER_DATA to the data folder`)
    // Loaded when it is needed: the other commands start without the database client.
    const { withAppStores } = await import('./app-stores')
    const said = await withEngine(terminal, (desk) =>
      withAppStores(appDb, terminal.now, (stores) => work(desk, stores, wanted, values.format ?? null)),
    )
    await terminal.out(said)
    return EXIT.ok
  },
}

async function work(desk: EngineDesk, stores: AppStores, wanted: string | undefined, format: string | null): Promise<string> {
  const owners = await ownersIn(desk, stores)
  if (wanted === undefined) return listing(owners, desk)
  const found = owners.find(({ id, name, owner }) => id === wanted || (owner === 'log-source' && name === wanted))
  if (found === undefined)
    throw new CommandError(`nothing is kept of ${terminalSafe(wanted)}; dowser read-again lists of what records are kept`)
  const { owner, id, name } = found
  const again = (params: ReadAgainParams) => readAgainAsImport(params, { ...desk, now: stores.now }, name)
  // The verb asks for this command alone.
  const command = ((_: 'rejects.read-again', params: ReadAgainParams) => again(params)) as EngineCommand
  const result = await readAgain({ ...stores, intakes: desk.intakes, engine: { command } }, { owner, id, format })
  return `${terminalSafe(name)}: ${result.records} records read again, ${result.added} events added, ${result.duplicates} known before, ${result.rejected} still rejected\n`
}

/** Of whom something is kept. */
async function ownersIn({ intakes, rejects }: EngineDesk, { logSources }: Pick<AppStores, 'logSources'>): Promise<readonly Owner[]> {
  const sources = await logSources.list({ includeRemoved: true })
  return [...rejects.kept().keys()].flatMap((key): Owner[] => {
    const source = sources.find(({ id }) => ownerKey('log-source', id) === key)
    if (source) return [{ owner: 'log-source', id: source.id, name: source.name }]
    const intake = intakes.find(key)
    return intake === null ? [] : [{ owner: 'import', id: intake.id, name: intake.name }]
  })
}

function listing(owners: readonly Owner[], { rejects }: Pick<EngineDesk, 'rejects'>): string {
  if (owners.length === 0) return 'No rejected record is kept.\n'
  const kept = rejects.kept()
  const rows = owners.map(({ owner, id, name }) => {
    const { records, bytes, dropped }: KeptRecords = kept.get(ownerKey(owner, id)) ?? { records: 0, bytes: 0, dropped: 0 }
    return [owner === 'import' ? 'import' : 'source', terminalSafe(name), String(records), String(bytes), String(dropped), id]
  })
  return `${textTable([['WHAT', 'NAME', 'RECORDS', 'BYTES', 'DROPPED', 'ID'], ...rows])}\n`
}
