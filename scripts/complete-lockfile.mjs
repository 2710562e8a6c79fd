// Adds to package-lock.json the optional packages of other platforms that a registry with this platform's packages
// only leaves out; without them `npm ci` refuses the lockfile elsewhere. Run after every `npm install`.
//
//   node scripts/complete-lockfile.mjs            write
//   node scripts/complete-lockfile.mjs --check    exit 1 when something is missing
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32']

/** Operating system, processor and C library that a platform package's name tells, e.g. `@next/swc-linux-x64-musl`. */
export function platformOf(name) {
  const parts = name.split('/').at(-1).split('-')
  const os = SYSTEMS.find((system) => parts.includes(system))
  const cpu = PROCESSORS.find((processor) => parts.includes(processor))
  const libc = parts.includes('musl') ? 'musl' : parts.includes('gnu') && os === 'linux' ? 'glibc' : undefined
  return {
    ...(cpu ? { cpu: [cpu] } : {}),
    ...(libc ? { libc: [libc] } : {}),
    ...(os ? { os: [os] } : {}),
  }
}

/** Where Node would find `name` from the package at `path`: its own node_modules first, then those of its parents. */
function isResolvable(packages, path, name) {
  for (let at = path; ; ) {
    const candidate = `${at === '' ? '' : `${at}/`}node_modules/${name}`
    if (candidate in packages) return true
    if (at === '') return false
    const cut = at.lastIndexOf('/node_modules/')
    at = cut < 0 ? '' : at.slice(0, cut)
  }
}

/** Optional dependencies that the lockfile names but does not hold, with the entry each needs. */
export function missingOptionals(lock) {
  const missing = []
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (isResolvable(lock.packages, path, name)) continue
      const flags = entry.dev ? { dev: true, optional: true } : { optional: true }
      missing.push({
        path: `node_modules/${name}`,
        neededBy: path,
        entry: { version: version.replace(/^[\^~]/, ''), ...platformOf(name), ...flags },
      })
    }
  }
  return missing
}

/** The lockfile with every gap closed, entries in npm's order. */
export function completeLockfile(lock) {
  const added = Object.fromEntries(missingOptionals(lock).map(({ path, entry }) => [path, entry]))
  const packages = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => a.localeCompare(b, 'en'))
  return { ...lock, packages: Object.fromEntries(packages) }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const file = new URL('../package-lock.json', import.meta.url)
  const lock = JSON.parse(readFileSync(file, 'utf8'))
  const missing = missingOptionals(lock)
  if (process.argv.includes('--check')) {
    for (const { path, neededBy } of missing) console.error(`${path} is missing, ${neededBy} needs it`)
    process.exitCode = missing.length > 0 ? 1 : 0
  } else {
    writeFileSync(file, `${JSON.stringify(completeLockfile(lock), null, 2)}\n`)
    console.log(`${missing.length} packages added to package-lock.json`)
  }
}
