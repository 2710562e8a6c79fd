import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ExpectedError, ROOT, run, tail } from './process.mjs'

/** Unpacked packages live here, one folder each; nothing of them is installed. */
const CACHE = join(ROOT, 'node_modules', '.cache', 'debian')

/** Folders of Debian that ordinary users do not have on their PATH. */
const SBIN = ['/usr/sbin', '/sbin', '/usr/local/sbin']

/**
 * Programs that tests run against Dowser, and the Debian packages that bring them. A name stands for itself; `needs` are
 * files without which the program on the machine is not the whole thing.
 */
export const PROGRAMS = {
  'syslog-ng': { packages: ['syslog-ng-core', 'syslog-ng-mod-http', 'syslog-ng-scl'], needs: [/^libhttp\.so/] },
  rsyslogd: { packages: ['rsyslog', 'rsyslog-elasticsearch'], needs: [/^omelasticsearch\.so$/] },
  unbound: { packages: ['unbound'], needs: [] },
  named: { packages: ['bind9'], needs: [] },
  dig: { packages: ['bind9-dnsutils'], needs: [] },
}

/** @returns path of an executable on this machine, or null. */
function findOnPath(name) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...SBIN]
  return folders.map((folder) => join(folder, name)).find(isExecutable) ?? null
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Every file below a folder whose name fits. */
function findFiles(folder, fits) {
  if (!existsSync(folder)) return []
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory() && fits(entry.name))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

const LIBRARIES = ['/usr/lib', '/lib', '/usr/local/lib']

const isWhole = (needs, folders) => needs.every((need) => folders.some((folder) => findFiles(folder, (name) => need.test(name)).length > 0))

/**
 * A program for tests: the one on the machine, else Debian's packages unpacked into the cache. Never needs root.
 *
 * @returns its path, environment to run it with, and a finder of files that came with it.
 * @throws ExpectedError when it can neither be found nor fetched.
 */
export async function debianProgram(name, say = () => {}) {
  const { packages, needs } = PROGRAMS[name]
  const installed = findOnPath(name)
  if (installed && isWhole(needs, LIBRARIES)) return found(installed, LIBRARIES, {})
  const root = join(CACHE, name)
  if (!existsSync(root)) await fetchInto(root, name, packages, say)
  const [path] = findFiles(root, (file) => file === name).filter((file) => /\/s?bin\/[^/]+$/.test(file) && isExecutable(file))
  if (!path) throw new ExpectedError(`Debian's packages ${packages.join(', ')} hold no program ${name}.`)
  const libraries = [...new Set(findFiles(root, (file) => /\.so(?:\.|$)/.test(file)).map((file) => join(file, '..')))]
  return found(path, [root], { LD_LIBRARY_PATH: [...libraries, process.env.LD_LIBRARY_PATH ?? ''].filter(Boolean).join(delimiter) })
}

const found = (path, folders, env) => ({
  path,
  env,
  /** @returns the file of that name that came with the program, or null. */
  file: (name) => folders.flatMap((folder) => findFiles(folder, (candidate) => candidate === name))[0] ?? null,
})

/** Fetched beside its place and moved there whole, so that a broken download is never taken for a package. */
async function fetchInto(root, name, packages, say) {
  if (!existsSync('/usr/bin/apt-get'))
    throw new ExpectedError(
      `The tests run ${name} against Dowser. Install it (Debian: ${packages.join(' ')}); there is no apt-get here to fetch it with.`,
    )
  say(`Fetching ${name} (Debian packages ${packages.join(', ')}), once …`)
  mkdirSync(CACHE, { recursive: true })
  const work = mkdtempSync(join(CACHE, 'fetching-'))
  try {
    for (const deb of await download(await missing(packages), work, name)) {
      const { code, output } = await run('dpkg-deb', ['-x', deb, join(work, 'root')])
      if (code !== 0) throw new ExpectedError(`${deb} could not be unpacked:\n\n${tail(output)}`)
    }
    if (!existsSync(root)) renameSync(join(work, 'root'), root)
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

/** The packages and those of their dependencies that are not installed. */
async function missing(packages) {
  const { output } = await run('apt-cache', [
    ...['depends', '--recurse', '--no-recommends', '--no-suggests', '--no-conflicts', '--no-breaks', '--no-replaces', '--no-enhances'],
    ...packages,
  ])
  const names = output.split('\n').filter((line) => /^[a-z0-9][a-z0-9.+-]+(?::[a-z0-9]+)?$/.test(line))
  // biome-ignore lint/suspicious/noTemplateCurlyInString: dpkg's placeholders, not JavaScript's
  const { output: listed } = await run('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n'])
  const present = new Set(
    listed
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map((line) => line.split(' ')[0]),
  )
  // Libraries only: what else a package depends on (init scripts, another package instead) is for an installed one.
  const libraries = names.filter((name) => name.startsWith('lib') && !present.has(name.split(':')[0]))
  return [...new Set([...packages, ...libraries])]
}

async function download(packages, work, name) {
  const fetching = (names) => run('apt-get', ['download', '-q', '-o', 'APT::Sandbox::User=root', ...names], { cwd: work })
  let { code, output } = await fetching(packages)
  if (code !== 0 && process.getuid?.() === 0) {
    // The list of packages may be older than the archive.
    await run('apt-get', ['update', '-q'])
    ;({ code, output } = await fetching(packages))
  }
  const debs = readdirSync(work)
    .filter((file) => file.endsWith('.deb'))
    .map((file) => join(work, file))
  if (code !== 0 || debs.length === 0)
    throw new ExpectedError(
      `The tests run ${name} against Dowser, and its Debian packages (${packages.join(', ')}) could not be fetched. Install it, or make the Debian archive reachable.\n\n${tail(output, 10)}`,
    )
  return debs
}

/** Makes sure that a machine has every program that tests run. */
export async function ensureDebianPrograms(say) {
  for (const name of Object.keys(PROGRAMS)) await debianProgram(name, say)
}
