import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { importDemo, isEmptyStore } from './run/first-run.mjs'
import { ensureInstalled } from './run/install.mjs'
import { bundle, generateClient } from './run/prepare.mjs'
import { childEnv, ROOT, runMain } from './run/process.mjs'
import { startNext, untilStopped } from './run/server.mjs'
import { requireFreePort, settings } from './run/settings.mjs'

const say = (line) => console.log(line)

/** `npm run dev`: next dev, and the engine bundled anew at every change. */
async function main(args) {
  const where = settings()
  await requireFreePort(where.port)
  await ensureInstalled(say)
  await generateClient()
  await bundle()
  if (isEmptyStore(where.data) && !args.includes('--empty')) await importDemo(where.data, say)

  const watch = spawn(process.execPath, [`${ROOT}/scripts/bundle.mjs`, '--watch'], {
    cwd: ROOT,
    env: childEnv(),
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: true,
  })
  const env = { NODE_ENV: 'development', PORT: String(where.port), DOWSER_HOST: where.host, DOWSER_URL: where.url, DOWSER_DATA: where.data }
  const server = startNext('dev', { ...where, env, quiet: false })
  if (!existsSync(`${where.data}/app.db`)) say(`The set-up token will be in ${where.data}/setup-token.`)
  const asked = await untilStopped(server, say)
  watch.kill('SIGTERM')
  process.exit(asked ? 0 : 1)
}

runMain(main)
