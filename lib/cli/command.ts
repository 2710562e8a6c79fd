/** What a command may touch: replaced in tests. */
export interface Terminal {
  readonly env: Readonly<Record<string, string | undefined>>
  /** Directory that relative paths start from. */
  readonly cwd: string
  readonly stdin: AsyncIterable<Uint8Array>
  /** A person types on `stdin`: nothing that is not asked for is read from it. */
  readonly isStdinInteractive: boolean
  /** Resolves when the reader took it; a closed pipe ends the command. */
  readonly out: (text: string) => Promise<void>
  readonly err: (text: string) => void
  /** Progress may rewrite its line. */
  readonly isInteractive: boolean
  readonly now: () => number
  /** Folder of the program: demo captures, migrations. */
  readonly programDir: string
}

export const EXIT = { ok: 0, unreadable: 1, usage: 2 } as const

/** Wrong usage: printed with the command's usage, exit code 2. */
export class UsageError extends Error {
  readonly code = 'usage'
}

/** A failure that explains itself: printed without a stack, exit code 1. */
export class CommandError extends Error {
  readonly code = 'command-failed'
}

export interface Command {
  readonly name: string
  readonly summary: string
  readonly usage: string
  /** @returns the exit code. @throws UsageError, CommandError */
  run(args: readonly string[], terminal: Terminal): Promise<number>
}
