import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const here = new URL('.', import.meta.url)
const manifest: { newestEventAt: string; files: { name: string; newestEventAt: string; sha256: string; what: string }[] } = JSON.parse(
  readFileSync(new URL('manifest.json', here), 'utf8'),
)

test('the manifest lists every demo log, unchanged', () => {
  const logs = readdirSync(here).filter((name) => /\.(gz|pcap|ndjson)$/.test(name))
  expect(manifest.files.map((file) => file.name).sort()).toEqual(logs.sort())
  for (const { name, sha256 } of manifest.files)
    expect(createHash('sha256').update(readFileSync(new URL(name, here))).digest('hex'), name).toBe(sha256)
})

test('the newest instant is that of the newest file', () => {
  expect(manifest.newestEventAt).toBe(manifest.files.map((file) => file.newestEventAt).sort().at(-1))
})

test('every demo log is described where it comes from', () => {
  const source = readFileSync(new URL('SOURCE.md', here), 'utf8')
  for (const { name } of manifest.files) expect(source).toContain(name)
})
