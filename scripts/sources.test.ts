import { describe, expect, test } from 'vitest'
import { isShipped, isTest, read, sourceFiles } from './source-files'

const files = sourceFiles()
const code = files.filter((path) => /\.(tsx?|mjs|cjs|js)$/.test(path))
const MAX_LINES = 300
/** Pure by architecture: clock, chance, environment and files come in as arguments. */
const PURE = /^lib\/(domain|names|stats|formats|detectors|kql)\/|^lib\/engine\/analyse/
const IMPURE =
  /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bprocess\.env\b|\bperformance\.now\b|['"](node:)?(fs|fs\/promises|child_process)['"]/

/** `path:line` of every line that matches. */
const hits = (paths: readonly string[], pattern: RegExp): string[] =>
  paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  )

test('the pure core reads no clock, no chance, no environment, no files', () => {
  const pure = files.filter((path) => isShipped(path) && PURE.test(path))
  expect(pure.length).toBeGreaterThan(0)
  expect(hits(pure, IMPURE)).toEqual([])
})

test(`no file of code is longer than ${MAX_LINES} lines`, () => {
  const long = code.filter((path) => !path.includes('/fixtures/') && read(path).trimEnd().split('\n').length > MAX_LINES)
  expect(long).toEqual([])
})

test('no test is skipped, focused or promised for later', () => {
  const tests = code.filter((path) => isTest(path) && path !== 'scripts/sources.test.ts')
  expect(tests.length).toBeGreaterThan(0)
  expect(hits(tests, /\.(skip|only|todo|fixme|fails)\b/)).toEqual([])
})

test('no code waits to be written', () => {
  const others = code.filter((path) => path !== 'scripts/sources.test.ts')
  expect(hits(others, /\b(TODO|FIXME|XXX|HACK)\b|not implemented/i)).toEqual([])
})

test('no type check or lint rule is switched off without a reason', () => {
  const others = code.filter((path) => path !== 'scripts/sources.test.ts')
  expect(hits(others, /@ts-(ignore|nocheck)|eslint-disable/)).toEqual([])
  expect(hits(others, /biome-ignore [^:]*:\s*$/)).toEqual([])
})

describe('committed files', () => {
  const texts = files.filter((path) => !/\.(gz|pcap|png|woff2|evtx|fstrm|ico|db)$/.test(path) && path !== 'scripts/sources.test.ts')

  test('name no path of the machine they were written on', () => {
    expect(hits(texts, /(^|["'`\s(=])\/(work|root|Users|home\/(?!user\b|alice\b|dowser\b)[a-z]+)\//)).toEqual([])
  })

  test('name no package registry host', () => {
    expect(hits(texts, /registry\.(npmjs|yarnpkg)\.|npm\.pkg\.github|_authToken/)).toEqual([])
  })

  test('hold no key or password file', () => {
    expect(files.filter((path) => /(^|\/)(\.env(\..+)?|id_(rsa|ed25519)|.*\.(pem|key|p12))$/.test(path))).toEqual([])
  })

  test('hold no data of a running installation', () => {
    expect(files.filter((path) => /(^|\/)(app|events-?\d*)\.db(-wal|-shm)?$|(^|\/)setup-token$/.test(path))).toEqual([])
  })
})

/** Module specifiers of the files that run in the browser as well: what they export cannot be called on the server. */
const clientModules = new Set(
  files.filter((path) => isShipped(path) && /^\s*['"]use client['"]/.test(read(path))).map((path) => `@/${path.replace(/\.tsx?$/, '')}`),
)

test('pages of the server take only components from client modules', () => {
  const pages = files.filter(
    (path) => /^app\/.*\.tsx?$/.test(path) && !isTest(path) && !clientModules.has(`@/${path.replace(/\.tsx?$/, '')}`),
  )
  const functions = pages.flatMap((path) =>
    [...read(path).matchAll(/import \{([^}]*)\} from '([^']+)'/g)]
      .filter(([, , from = '']) => clientModules.has(from))
      .flatMap(([, names = '']) => names.split(',').map((name) => name.trim()))
      .filter((name) => /^[a-z]/.test(name) && !name.startsWith('type '))
      .map((name) => `${path}: ${name}`),
  )
  expect(functions).toEqual([])
})
