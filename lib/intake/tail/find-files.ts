import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Handles held open at once. */
export const MAX_FILES = 256
/** Rotated and packed: what is in them was read before. */
const PACKED = /\.(?:gz|bz2|xz|zst|lz4|zip|Z)$/

export interface FoundFile {
  readonly path: string
  readonly device: number
  readonly inode: number
}

/** Files that a path with `*` and `?` in its last part names, the newest 256; a packed one only where it is named outright. */
export async function findFiles(pattern: string): Promise<readonly FoundFile[]> {
  const name = basename(pattern)
  if (!/[*?]/.test(name)) return statsOf([pattern])
  const fits = matcher(name)
  return await statsOf(await namesIn(dirname(pattern), (candidate) => fits(candidate) && !PACKED.test(candidate)))
}

/** Where a rotation may have put a file: those beside it that begin like it, the newest first. */
export async function findSiblings(path: string): Promise<readonly FoundFile[]> {
  const stem = basename(path).split('.', 1)[0] ?? ''
  return await statsOf(await namesIn(dirname(path), (name) => name.startsWith(stem) && !PACKED.test(name)))
}

async function namesIn(folder: string, fits: (name: string) => boolean): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => [])
  return names.filter(fits).map((name) => join(folder, name))
}

async function statsOf(paths: readonly string[]): Promise<readonly FoundFile[]> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const stats = await stat(path).catch(() => null)
      return stats?.isFile() ? [{ path, device: stats.dev, inode: stats.ino, at: stats.mtimeMs }] : []
    }),
  )
  return found
    .flat()
    .sort((a, b) => b.at - a.at)
    .slice(0, MAX_FILES)
}

/** Each star takes what is left and gives back at most once: linear in the name for each star. */
function matcher(pattern: string): (name: string) => boolean {
  return (name) => {
    let [at, in_, star, mark] = [0, 0, -1, 0]
    while (in_ < name.length) {
      if (at < pattern.length && (pattern[at] === '?' || pattern[at] === name[in_]) && pattern[at] !== '*') {
        at += 1
        in_ += 1
      } else if (pattern[at] === '*') {
        star = at
        mark = in_
        at += 1
      } else if (star >= 0) {
        at = star + 1
        mark += 1
        in_ = mark
      } else return false
    }
    while (pattern[at] === '*') at += 1
    return at === pattern.length
  }
}
