import { fileURLToPath } from 'node:url'
import type { Terminal } from './command'
import { runCommandLine } from './run-command-line'

/** Bundled as `dist/cli.mjs`, one folder below the program's. */
const programDir = fileURLToPath(new URL('..', import.meta.url))

function write(stream: NodeJS.WriteStream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => (error ? reject(error) : resolve()))
  })
}

// `dowser … | head` closes the pipe; that is an end, not a failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1))

const terminal: Terminal = {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  isStdinInteractive: process.stdin.isTTY === true,
  out: (text) => write(process.stdout, text),
  err: (text) => void process.stderr.write(text),
  isInteractive: process.stderr.isTTY === true,
  now: Date.now,
  programDir,
}

process.exitCode = await runCommandLine(process.argv.slice(2), terminal)
