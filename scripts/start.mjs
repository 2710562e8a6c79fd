import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { importDemo, isEmptyStore } from './run/first-run.mjs'
import { ensureInstalled } from './run/install.mjs'
import { prepare } from './run/prepare.mjs'
import { ExpectedError, runMain, secondsSince } from './run/process.mjs'
import { startNext, untilAnswering, untilStopped } from './run/server.mjs'
import { requireFreePort, settings } from './run/settings.mjs'

const say = (line) => console.log(line)

const USAGE = `npm start [-- --empty]

Installs, builds and starts Dowser; each part only when something changed.
  --empty   do not fill a new data folder with the demo captures

Environment: PORT, DOWSER_HOST, DOWSER_URL, DOWSER_DATA, DOWSER_SECRET, DOWSER_TRUSTED_ORIGINS (see docs/operations.md).`

/** The address a person opens next: the set-up page while nobody has an account. */
function invitation({ url, data }) {
  const tokenFile = join(data, 'setup-token')
  const token = existsSync(tokenFile) ? readFileSync(tokenFile, 'utf8').trim() : ''
  if (token) return `  Create the first account:  ${url}/setup?token=${encodeURIComponent(token)}`
  return '  Sign in with your account. Forgot the password? bin/dowser user reset-password EMAIL'
}

/** `npm start`. */
async function main(args) {
  if (args.includes('--help')) return say(USAGE)
  const unknown = args.filter((arg) => arg !== '--empty')
  if (unknown.length > 0) throw new ExpectedError(`Unknown option ${unknown.join(' ')}.\n\n${USAGE}`)
  const where = settings()
  await requireFreePort(where.port)
  await ensureInstalled(say)
  await prepare(say)
  if (isEmptyStore(where.data) && !args.includes('--empty')) await importDemo(where.data, say)

  const begun = performance.now()
  const env = { NODE_ENV: 'production', PORT: String(where.port), DOWSER_HOST: where.host, DOWSER_URL: where.url, DOWSER_DATA: where.data }
  const server = startNext('start', { ...where, env, quiet: true })
  const stopped = untilStopped(server, say)
  const answering = await Promise.race([untilAnswering(server, `${where.local}/api/v1/health`), stopped.then(() => false)])
  if (answering) say(`\nDowser answers at ${where.url} (${secondsSince(begun)}).\n\n${invitation(where)}\n\nCtrl-C stops it.\n`)
  process.exit((await stopped) ? 0 : 1)
}

runMain(main)
