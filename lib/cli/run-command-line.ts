import { assets } from './assets'
import { type Command, CommandError, EXIT, type Terminal, UsageError } from './command'
import { doctor } from './doctor'
import { exportRows } from './export'
import { importFiles } from './import'
import { key } from './key'
import { readRejectsAgain } from './read-again'
import { replay } from './replay'
import { run } from './run'
import { user } from './user'

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [replay, importFiles, readRejectsAgain, run, exportRows, user, key, assets, doctor]

const USAGE = `Usage: dowser COMMAND …

${commands.map(({ name, summary }) => `  ${name.padEnd(8)} ${summary}`).join('\n')}

dowser COMMAND --help tells more. The data folder is $DOWSER_DATA, else ./data.
`

/** Runs one command. @returns the exit code: 0 it ran, 1 it could not, 2 wrong usage. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    if (name === undefined) terminal.err(USAGE)
    else await terminal.out(USAGE)
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  const command = commands.find((candidate) => candidate.name === name)
  if (command === undefined) {
    terminal.err(`dowser: unknown command ${name}\n\n${USAGE}`)
    return EXIT.usage
  }
  const options = rest.includes('--') ? rest.slice(0, rest.indexOf('--')) : rest
  if (options.includes('--help') || options.includes('-h')) {
    await terminal.out(`${command.usage}\n`)
    return EXIT.ok
  }
  try {
    return await command.run(rest, terminal)
  } catch (error) {
    if (error instanceof UsageError) {
      terminal.err(`dowser ${name}: ${error.message}\n\n${command.usage}\n`)
      return EXIT.usage
    }
    if (error instanceof CommandError) terminal.err(`dowser ${name}: ${error.message}\n`)
    else terminal.err(`dowser ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
    return EXIT.unreadable
  }
}
