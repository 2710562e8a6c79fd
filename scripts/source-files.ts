import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run/process.mjs'

/** Paths of the project's own files, as git knows them: committed ones and new ones that are not ignored. */
export const sourceFiles = (): string[] =>
  execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 24 })
    .split('\n')
    .filter((path) => path !== '' && existsSync(join(ROOT, path)))

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** Code that ships: TypeScript under app, components and lib, without tests. */
export const isShipped = (path: string): boolean => /^(app|components|lib)\/.*\.tsx?$/.test(path) && !isTest(path)

export const isTest = (path: string): boolean => /\.(test|spec)\.tsx?$/.test(path)
