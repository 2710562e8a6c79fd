import type { ProcessIdentity } from '@/lib/domain/process-event'
import { splitCommandLine } from './split-command-line'

const MAX_COMMAND_LINE = 32_768

/** What a log says of a process, before names are derived and arguments split. */
export interface LoggedProcess {
  readonly name: string | null
  readonly executable: string | null
  /** As logged; empty when the source has only the command line. */
  readonly args: readonly string[]
  readonly commandLine: string | null
  readonly pid: number | null
  readonly entityId: string | null
}

/** Derives the name from the executable and the arguments from the command line where the source left them out. */
export function identityOf(logged: LoggedProcess): ProcessIdentity {
  const commandLine = logged.commandLine?.slice(0, MAX_COMMAND_LINE) ?? null
  const args =
    logged.args.length > 0 ? logged.args.map(unquoted) : commandLine === null ? [] : splitCommandLine(commandLine, logged.executable)
  return {
    name: logged.name ?? baseName(logged.executable),
    executable: logged.executable,
    args,
    commandLine,
    pid: logged.pid,
    entityId: logged.entityId,
  }
}

/** Last segment of a path, with either kind of slash. */
export function baseName(path: string | null): string | null {
  const name = path?.slice(Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) + 1)
  return name === undefined || name === '' ? null : name
}

/** Some producers leave the quotes of the command line around an argument. */
const unquoted = (arg: string): string => (arg.length > 1 && arg.startsWith('"') && arg.endsWith('"') ? arg.slice(1, -1) : arg)

/** `DOMAIN\name` in its parts; a name without a domain stands alone. */
export function splitUser(user: string | null): { readonly name: string | null; readonly domain: string | null } {
  const slash = user?.indexOf('\\') ?? -1
  if (user === null || slash < 0) return { name: user, domain: null }
  return { name: user.slice(slash + 1) || null, domain: user.slice(0, slash) || null }
}
