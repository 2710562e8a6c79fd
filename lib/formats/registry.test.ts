import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { formats } from './index'

const here = new URL('.', import.meta.url)
const folders = readdirSync(here, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => entry.name)

test('every folder is registered once, under its own name', () => {
  expect(formats.map((format) => format.id).toSorted()).toEqual(folders.toSorted())
})

describe.each(formats.map((format) => [format.id, format] as const))('%s', (id, format) => {
  test.each(['parser.ts', 'parser.test.ts', 'README.md', 'fixtures/SOURCE.md'])('has its %s', (file) => {
    expect(existsSync(new URL(`${id}/${file}`, here))).toBe(true)
  })

  const fixtures = readdirSync(new URL(`${id}/fixtures/`, here)).filter((name) => name !== 'SOURCE.md')

  test('says where each fixture comes from', () => {
    const source = readFileSync(new URL(`${id}/fixtures/SOURCE.md`, here), 'utf8')
    expect(fixtures.length).toBeGreaterThan(0)
    for (const name of fixtures) expect(source).toContain(name)
  })

  test.each(fixtures)('is the format that recognises %s best', (name) => {
    const head = readFileSync(new URL(`${id}/fixtures/${name}`, here)).subarray(0, 65_536)
    const sure = formats.map((candidate) => candidate.recognise(head))
    expect(formats[sure.indexOf(Math.max(...sure))]?.id).toBe(id)
  })

  test('tells people what it looks for', () => {
    expect(format.title).not.toBe('')
    expect(format.expects).not.toBe('')
    for (const ending of format.endings) expect(ending).toMatch(/^\.[a-z0-9.]+$/)
  })
})
