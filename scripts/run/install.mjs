import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { ExpectedError, ROOT, run, secondsSince, tail } from './process.mjs'

const STAMP = `${ROOT}/node_modules/.dowser-install`

/** What an installation depends on: the lockfile, and the Node that compiled modules were built for. */
function wantedStamp() {
  const lock = createHash('sha256')
    .update(readFileSync(`${ROOT}/package-lock.json`))
    .digest('hex')
  return `${lock} ${process.platform}-${process.arch} abi ${process.versions.modules}\n`
}

/** True when what npm says it installed is what the lockfile asks for, whoever ran npm. */
export function matchesLock(lock, installed) {
  return Object.entries(lock.packages).every(
    ([path, entry]) => path === '' || entry.optional || installed.packages[path]?.version === entry.version,
  )
}

function isInstalled() {
  const wanted = wantedStamp()
  const stamp = existsSync(STAMP) ? readFileSync(STAMP, 'utf8') : null
  if (stamp === wanted) return true
  const forThisNode = wanted.slice(wanted.indexOf(' '))
  if (stamp !== null && !stamp.endsWith(forThisNode)) return false
  const inventory = `${ROOT}/node_modules/.package-lock.json`
  if (!existsSync(inventory)) return false
  return matchesLock(JSON.parse(readFileSync(`${ROOT}/package-lock.json`, 'utf8')), JSON.parse(readFileSync(inventory, 'utf8')))
}

/** Installs the packages when there are none, or when the lockfile or Node changed and nobody ran npm since. */
export async function ensureInstalled(say) {
  if (isInstalled()) {
    writeFileSync(STAMP, wantedStamp())
    return
  }
  const begun = performance.now()
  say('Installing packages (npm ci): one to three minutes, once …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { code, output } = await run(npm, ['ci', '--no-audit', '--no-fund', '--no-progress'])
  if (code !== 0) throw new ExpectedError(`npm ci failed:\n\n${tail(output)}\n\n${compilerHint(output)}`)
  writeFileSync(STAMP, wantedStamp())
  say(`Packages installed in ${secondsSince(begun)}.`)
}

function compilerHint(output) {
  return /node-gyp|gyp ERR/.test(output)
    ? 'better-sqlite3 found no ready-made binary and could not be compiled. It needs a C++ compiler, make, Python 3 and the headers of Node.js (Debian: apt-get install build-essential python3).'
    : 'Check that the npm registry can be reached.'
}
