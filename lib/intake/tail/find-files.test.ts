import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findFiles, findSiblings } from './find-files'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dowser-find-'))
  for (const name of ['dns.log', 'dns.log.1', 'dns.log.2.gz', 'dns-a.log', 'http.log', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab'])
    writeFileSync(join(folder, name), '')
  mkdirSync(join(folder, 'dns.d.log'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test.each([
  ['dns.log', ['dns.log']],
  ['dns*', ['dns-a.log', 'dns.log', 'dns.log.1']],
  ['dns?a.log', ['dns-a.log']],
  ['*.log', ['dns-a.log', 'dns.log', 'http.log']],
  ['d*s*.*g', ['dns-a.log', 'dns.log']],
  ['*a*a*a*a*a*a*a*a*a*a*a*a*c', []],
  ['none', []],
  ['dns.[l]og', []],
])('%s names the files %j, never folders or packed ones', async (pattern, names) => {
  expect((await findFiles(join(folder, pattern))).map(({ path }) => basename(path)).sort()).toEqual(names)
})

test('rotated names begin like the file', async () => {
  expect((await findSiblings(join(folder, 'dns.log'))).map(({ path }) => basename(path)).sort()).toEqual([
    'dns-a.log',
    'dns.log',
    'dns.log.1',
  ])
})
