import { describe, expect, test } from 'vitest'
import { completeLockfile, missingOptionals, platformOf } from './complete-lockfile.mjs'
import { matchesLock } from './run/install.mjs'
import { read } from './source-files'

type Lock = { packages: Record<string, { version?: string; resolved?: string; link?: boolean; optional?: boolean; integrity?: string }> }
const lock: Lock = JSON.parse(read('package-lock.json'))
const manifest: { dependencies: Record<string, string>; devDependencies: Record<string, string> } = JSON.parse(read('package.json'))

test('every direct dependency is pinned to one version, the one in the lockfile', () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies })) {
    expect(version, name).toMatch(/^\d+\.\d+\.\d+/)
    expect(lock.packages[`node_modules/${name}`]?.version, name).toBe(version)
  }
})

test('the lockfile holds the optional packages of every platform', () => {
  expect(missingOptionals(lock).map(({ path }) => path)).toEqual([])
})

test('the lockfile names no host to install from', () => {
  expect(Object.entries(lock.packages).filter(([, entry]) => entry.resolved !== undefined)).toEqual([])
})

test('whatever is installed here is checked against its hash', () => {
  const unchecked = Object.entries(lock.packages).filter(([path, entry]) => path !== '' && !entry.optional && entry.integrity === undefined)
  expect(unchecked.map(([path]) => path)).toEqual([])
})

describe('complete-lockfile', () => {
  test.each([
    ['@next/swc-darwin-arm64', { os: ['darwin'], cpu: ['arm64'] }],
    ['@next/swc-linux-x64-musl', { os: ['linux'], cpu: ['x64'], libc: ['musl'] }],
    ['@next/swc-linux-x64-gnu', { os: ['linux'], cpu: ['x64'], libc: ['glibc'] }],
    ['@next/swc-win32-x64-msvc', { os: ['win32'], cpu: ['x64'] }],
    ['fsevents', {}],
  ])('reads the platform of %s off its name', (name, expected) => {
    expect(platformOf(name)).toEqual(expected)
  })

  test('closes a gap with the version its parent asks for, and finds nested packages', () => {
    const gappy = {
      name: 'x',
      packages: {
        '': {},
        'node_modules/tool': {
          version: '1.0.0',
          dev: true,
          optionalDependencies: { '@tool/linux-x64': '1.0.0', '@tool/darwin-arm64': '1.0.0', nested: '2.0.0' },
        },
        'node_modules/@tool/linux-x64': { version: '1.0.0' },
        'node_modules/tool/node_modules/nested': { version: '2.0.0' },
      },
    }
    const complete = completeLockfile(gappy)
    expect(complete.packages['node_modules/@tool/darwin-arm64']).toEqual({
      version: '1.0.0',
      cpu: ['arm64'],
      os: ['darwin'],
      dev: true,
      optional: true,
    })
    expect(missingOptionals(complete)).toEqual([])
    expect(Object.keys(complete.packages)).toHaveLength(5)
  })
})

describe('an installation', () => {
  const locked = { packages: { '': {}, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '1.0.0', optional: true } } }

  test('matches without the optional packages of other platforms', () => {
    expect(matchesLock(locked, { packages: { 'node_modules/a': { version: '1.0.0' } } })).toBe(true)
  })

  test.each([
    ['a package is missing', { packages: {} }],
    ['a package has another version', { packages: { 'node_modules/a': { version: '1.0.1' } } }],
  ])('does not match when %s', (_, installed) => {
    expect(matchesLock(locked, installed)).toBe(false)
  })
})
