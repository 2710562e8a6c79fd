import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'

const isTest = (name) => /\.test\.tsx?$/.test(name)
/** Generated from other sources, or never part of a build. */
const LEFT_OUT = new Set(['lib/store/prisma/client', 'node_modules', '.next', 'dist'])

function* filesUnder(root, path) {
  const full = join(root, path)
  if (!existsSync(full)) return
  if (statSync(full).isFile()) {
    yield path
    return
  }
  for (const entry of readdirSync(full, { withFileTypes: true })) {
    const child = relative(root, join(full, entry.name)).split(sep).join('/')
    if (LEFT_OUT.has(child) || entry.name === 'fixtures' || isTest(entry.name)) continue
    if (entry.isDirectory()) yield* filesUnder(root, child)
    else if (entry.isFile()) yield child
  }
}

/**
 * Fingerprint of the files at and below `paths`: names and contents, no times, so that a fresh checkout of the same
 * commit has the same one. Tests and fixtures do not count.
 *
 * @returns SHA-256, hex.
 */
export function fingerprint(root, paths) {
  const hash = createHash('sha256')
  const files = [...new Set(paths.flatMap((path) => [...filesUnder(root, path)]))].sort()
  for (const file of files) {
    const content = readFileSync(join(root, file))
    hash.update(`${file}\0${content.byteLength}\0`).update(content)
  }
  return hash.digest('hex')
}
