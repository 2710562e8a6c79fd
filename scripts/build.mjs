import { ensureInstalled } from './run/install.mjs'
import { prepare } from './run/prepare.mjs'
import { runMain } from './run/process.mjs'

const say = (line) => console.log(line)

/** `npm run build`: packages, database client, engine, console. */
async function main() {
  await ensureInstalled(say)
  await prepare(say)
  say('Ready to start.')
}

runMain(main)
