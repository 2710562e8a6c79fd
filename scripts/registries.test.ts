import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { detectors } from '@/lib/detectors'
import { formats } from '@/lib/formats'
import { ROOT } from './run/process.mjs'

const foldersWith = (parent: string, file: string): string[] =>
  readdirSync(join(ROOT, parent), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(ROOT, parent, entry.name, file)))
    .map((entry) => entry.name)
    .sort()

test('every folder of a detector is registered once, under its own id', () => {
  expect(detectors.map(({ rule }) => rule.id).sort()).toEqual(foldersWith('lib/detectors', 'rule.ts'))
})

test('every folder of a format is registered once, under its own id', () => {
  expect(formats.map(({ id }) => id).sort()).toEqual(foldersWith('lib/formats', 'parser.ts'))
})

describe.each(detectors.map(({ rule }) => rule.id))('detector %s', (id) => {
  test.each(['detector.ts', 'guide.md'])('has its %s', (file) => {
    expect(existsSync(join(ROOT, 'lib/detectors', id, file))).toBe(true)
  })

  test('has a test', () => {
    expect(readdirSync(join(ROOT, 'lib/detectors', id)).some((name) => name.endsWith('.test.ts'))).toBe(true)
  })
})
