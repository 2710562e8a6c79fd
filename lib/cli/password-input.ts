import { randomBytes } from 'node:crypto'
import { temporaryPassword } from '@/lib/domain/temporary-password'
import { passwordSchema } from '@/lib/domain/user-fields'
import { CommandError, type Terminal } from './command'

/** More than any password; whoever pipes in a file by mistake is told so. */
const MAX_BYTES = 4_096
const HINT_AFTER_MS = 2_000

export interface ChosenPassword {
  readonly password: string
  /** True when nobody knows it yet: it has to be shown. */
  readonly isGenerated: boolean
}

/**
 * The line on standard input, else a password made up. Never an argument: other users of the machine can read those.
 *
 * @throws CommandError when what came in is no password.
 */
export async function choosePassword(terminal: Terminal): Promise<ChosenPassword> {
  const given = terminal.isStdinInteractive ? '' : await readLine(terminal)
  if (given === '') return { password: temporaryPassword(randomBytes(20)), isGenerated: true }
  if (!passwordSchema.safeParse(given).success || /[\r\n]/.test(given))
    throw new CommandError('the password on standard input has to be one line of 12 to 200 characters')
  return { password: given, isGenerated: false }
}

async function readLine({ stdin, err }: Terminal): Promise<string> {
  const hint = setTimeout(() => err('waiting for a password on standard input; with < /dev/null one is made up\n'), HINT_AFTER_MS)
  const parts: Uint8Array[] = []
  let bytes = 0
  try {
    for await (const part of stdin) {
      bytes += part.length
      if (bytes > MAX_BYTES) throw new CommandError(`more than ${MAX_BYTES} bytes on standard input: that is no password`)
      parts.push(part)
    }
  } finally {
    clearTimeout(hint)
  }
  return Buffer.concat(parts)
    .toString('utf8')
    .replace(/\r?\n$/, '')
}
