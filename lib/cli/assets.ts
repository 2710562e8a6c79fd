import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { MAX_ASSET_CSV } from '@/lib/domain/asset'
import { exportAssets } from '@/lib/services/assets/export-assets'
import { importAssets } from '@/lib/services/assets/import-assets'
import { parseArguments } from './arguments'
import { type Command, CommandError, EXIT, type Terminal, UsageError } from './command'
import { dataFolder, prepareDataFolder } from './data-folder'
import { terminalSafe } from './terminal-text'

const USAGE = `Usage: dowser assets import FILE [--dry-run]
       dowser assets export

Names and roles of your own addresses, networks, hosts and zones. FILE is CSV; its first line names the columns address,
name, roles (separated by ";": resolver, dns-forwarder, mail-server, scanner, monitoring, own-zone). Assets in the file are
added or put in place of those there, the others stay; a file with a bad line is refused whole, every bad line named.
--dry-run checks and stores nothing. A running server takes the list up within seconds. export writes CSV to standard output. Changes are in the audit log as made by "command line".

Exit code 0 when it ran, 1 when it could not, 2 for wrong usage.`

export const assets: Command = {
  name: 'assets',
  summary: 'import and export names and roles of your own hosts',
  usage: USAGE,
  async run([verb, ...args], terminal) {
    const { flags, rest } = parseArguments(args, { flags: verb === 'import' ? ['dry-run'] : [], values: [] })
    const [file] = rest
    if (verb === 'export' && file === undefined) return exported(terminal)
    if (verb !== 'import') throw new UsageError('say import FILE or export')
    if (file === undefined || rest.length > 1) throw new UsageError('import takes one file')
    return imported(file, flags.has('dry-run'), terminal)
  },
}

function preparedAppDb(terminal: Terminal): string {
  const folder = dataFolder(terminal)
  if (!existsSync(folder.appDb)) throw new CommandError(`no Dowser data in ${folder.dir}; set DOWSER_DATA to the data folder`)
  prepareDataFolder(folder, terminal.now())
  return folder.appDb
}

async function exported(terminal: Terminal): Promise<number> {
  const appDb = preparedAppDb(terminal)
  const { withAppStores } = await import('./app-stores')
  await terminal.out((await withAppStores(appDb, terminal.now, exportAssets)).csv)
  return EXIT.ok
}

async function imported(file: string, dryRun: boolean, terminal: Terminal): Promise<number> {
  const csv = await textOf(resolve(terminal.cwd, file))
  const appDb = preparedAppDb(terminal)
  const { withAppStores } = await import('./app-stores')
  const { problems, problemCount, added, changed, unchanged } = await withAppStores(appDb, terminal.now, async (stores) => {
    const checked = await importAssets(stores, { csv, dryRun: true })
    return dryRun || checked.problemCount > 0 ? checked : importAssets(stores, { csv, dryRun: false })
  })
  if (problemCount > 0) {
    for (const { line, message } of problems) terminal.err(`line ${line}: ${terminalSafe(message)}\n`)
    throw new CommandError(`${problemCount} lines cannot be taken; nothing was stored`)
  }
  await terminal.out(`${dryRun ? 'Nothing stored. ' : ''}${added} added, ${changed} changed, ${unchanged} as they were.\n`)
  return EXIT.ok
}

async function textOf(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MAX_ASSET_CSV) throw new CommandError(`the file has more than ${MAX_ASSET_CSV} bytes`)
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof CommandError) throw error
    throw new CommandError(`cannot read ${path}`)
  }
}
