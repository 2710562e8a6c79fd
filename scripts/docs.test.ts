import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from './run/process.mjs'
import { read, sourceFiles } from './source-files'

const docs = sourceFiles().filter((path) => path.endsWith('.md') && !path.includes('/fixtures/') && path !== 'CHANGELOG.md')
const FOLDERS = 'app|components|lib|prisma|public|e2e|docs|bin|bench|scripts|demo'
/** Made by a build, a start or a person; not in the repository. */
const MADE_LATER = /^(data|dist|\.next|node_modules)\//

/** Paths that a document cites in code spans or links; spans with a placeholder name no path. */
function citedPaths(doc: string): string[] {
  const text = read(doc).replaceAll(/```[\s\S]*?```/g, '')
  const spans = [...text.matchAll(/`([^`\s]+)`/g)].map((match) => match[1] ?? '')
  const inCode = spans.filter((span) => new RegExp(`^(${FOLDERS})/[\\w./@()\\[\\]-]+$`).test(span))
  const links = [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map((match) => match[1] ?? '')
  const local = links.filter((link) => !/^[a-z]+:/.test(link)).map((link) => join(dirname(doc), link))
  return [...inCode, ...local].filter((path) => !MADE_LATER.test(path) && !path.includes('NNNN'))
}

describe.each(docs)('%s', (doc) => {
  test('cites only paths that exist', () => {
    expect(citedPaths(doc).filter((path) => !existsSync(join(ROOT, path)))).toEqual([])
  })
})

test('decisions are numbered without gaps, and each has its four parts', () => {
  const adrs = docs.filter((path) => /^docs\/adr\/\d{4}-/.test(path)).sort()
  expect(adrs.map((path) => Number(path.slice(9, 13)))).toEqual(adrs.map((_, index) => index))
  for (const adr of adrs)
    for (const heading of ['## Context', '## Decision', '## Consequences', '## Confirmation']) expect(read(adr), adr).toContain(heading)
})

test('every npm script that a document names exists', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
  const named = docs.flatMap((doc) => [...read(doc).matchAll(/\bnpm run ([\w:]+)/g)].map((match) => match[1] ?? ''))
  expect(named.filter((name) => !(name in scripts))).toEqual([])
})
