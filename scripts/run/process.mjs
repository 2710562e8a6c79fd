import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[/\\]$/, '')

/** A failure whose message is all the reader needs; no stack is printed. */
export class ExpectedError extends Error {
  expected = true
}

/**
 * Environment of every child. Next.js reports nothing home, and the Prisma client has no native engine: naming any
 * existing file keeps Prisma's CLI from downloading one.
 */
export const childEnv = (extra = {}) => ({
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
  ...extra,
})

/**
 * Runs a command to its end and keeps what it printed.
 *
 * @returns exit code (128 and more when a signal ended it) and both streams together, in order of arrival.
 */
export function run(command, args, { env = {}, cwd = ROOT, echo = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: childEnv(env), stdio: ['ignore', 'pipe', 'pipe'] })
    const chunks = []
    const end = () => {
      child.kill('SIGTERM')
      process.exit(143)
    }
    process.once('SIGTERM', end)
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        chunks.push(chunk)
        if (echo) process.stdout.write(chunk)
      })
    child.on('error', reject)
    child.on('close', (code, signal) => {
      process.removeListener('SIGTERM', end)
      resolve({ code: signal ? 128 : (code ?? 1), output: Buffer.concat(chunks).toString('utf8') })
    })
  })
}

/** Runs one of the project's own tools with this Node, without npx in between. */
export const runTool = (script, args, options) => run(process.execPath, [`${ROOT}/${script}`, ...args], options)

/** The last `count` lines of a text. */
export const tail = (text, count = 40) => text.trimEnd().split('\n').slice(-count).join('\n')

/** Seconds since `from` (a `performance.now()`), one decimal. */
export const secondsSince = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`

/** Runs a step that must succeed. @throws ExpectedError with the end of its output. */
export async function must(label, promise) {
  const { code, output } = await promise
  if (code !== 0) throw new ExpectedError(`${label} failed (exit code ${code}):\n\n${tail(output)}`)
  return output
}

/** Runs a script's main function with its arguments; a failure that explains itself is printed without a stack. */
export function runMain(main) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.expected ? error.message : error)
    process.exit(1)
  })
}
