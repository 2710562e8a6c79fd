import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { findChromium } from './run/chromium.mjs'
import { isEmptyStore } from './run/first-run.mjs'
import { ROOT, run } from './run/process.mjs'
import { requireFreePort, settings } from './run/settings.mjs'
import { fingerprint } from './run/stamp.mjs'
import { playwrightCounts, vitestCounts } from './run/test-counts.mjs'

const folders: string[] = []
function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'dowser-start-'))
  folders.push(folder)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

describe('the fingerprint that decides about a build', () => {
  const files = { 'app/page.tsx': 'one', 'lib/a.ts': 'two' }
  const of = (more: Readonly<Record<string, string>>) => fingerprint(folderWith({ ...files, ...more }), ['app', 'lib', 'absent'])

  test('is that of names and contents, wherever and whenever they were checked out', () => {
    expect(of({})).toBe(of({}))
  })

  test.each([
    ['a changed file', { 'lib/a.ts': 'three' }, false],
    ['a new file', { 'lib/b.ts': '' }, false],
    ['a changed test', { 'lib/a.test.ts': 'x' }, true],
    ['a changed fixture', { 'lib/fixtures/log.json': 'x' }, true],
    ['a generated client', { 'lib/store/prisma/client/client.ts': 'x' }, true],
    ['a file of another folder', { 'docs/a.md': 'x' }, true],
  ])('%s: same = %s', (_, more, same) => {
    expect(of(more) === of({})).toBe(same)
  })

  test('tells a moved boundary between two files', () => {
    expect(of({ 'lib/x': 'ab', 'lib/y': '' })).not.toBe(of({ 'lib/x': 'a', 'lib/y': 'b' }))
  })
})

describe('settings', () => {
  test('are local by default, and tell people a name that both loopback addresses answer to', () => {
    expect(settings({})).toEqual({
      port: 3000,
      host: '127.0.0.1',
      url: 'http://localhost:3000',
      local: 'http://127.0.0.1:3000',
      data: join(ROOT, 'data'),
    })
  })

  test('follow the environment', () => {
    const env = { PORT: '8080', DOWSER_HOST: '0.0.0.0', DOWSER_URL: 'https://dowser.example.org/', DOWSER_DATA: '/srv/dowser' }
    expect(settings(env)).toEqual({
      port: 8080,
      host: '0.0.0.0',
      url: 'https://dowser.example.org',
      local: 'http://127.0.0.1:8080',
      data: '/srv/dowser',
    })
  })

  test.each(['0', '65536', 'http', '3000.5'])('refuse the port %s', (port) => {
    expect(() => settings({ PORT: port })).toThrow(/PORT must be a number from 1 to 65535/)
  })
})

describe('the port', () => {
  test('is refused while something listens there, with a way out', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' && address ? address.port : 0
    await expect(requireFreePort(port)).rejects.toThrow(new RegExp(`Port ${port} is in use.*PORT=`))
    await new Promise((resolve) => server.close(resolve))
    await expect(requireFreePort(port)).resolves.toBeUndefined()
  })
})

describe('the Node.js version', () => {
  const startOn = (version: string) => {
    const pretend = join(
      folderWith({ 'pretend.cjs': `Object.defineProperty(process.versions, 'node', { value: '${version}' })` }),
      'pretend.cjs',
    )
    return run(process.execPath, ['-r', pretend, '-r', join(ROOT, 'scripts/check-node.cjs'), '-e', 'console.log("runs")'])
  }

  test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('%s runs', async (version) => {
    expect(await startOn(version)).toEqual({ code: 0, output: 'runs\n' })
  })

  test.each(['0.10.48', '12.22.12', '18.20.8', '20.18.3'])('%s is told what is needed', async (version) => {
    const { code, output } = await startOn(version)
    expect(code).toBe(1)
    expect(output).toBe(`Dowser needs Node.js 20.19 or newer; this is ${version}. Install a current release and start again.\n`)
  })
})

describe('a data folder', () => {
  test.each([
    ['without any file', {}, true],
    ['with a token and a secret only', { 'setup-token': 'x', secret: 'y' }, true],
    ['with an app store', { 'app.db': '' }, false],
    ['with a day of events', { 'events-20261121.db': '' }, false],
  ])('%s: empty = %s', (_, files, empty) => {
    expect(isEmptyStore(folderWith(files))).toBe(empty)
  })

  test('that does not exist is empty', () => {
    expect(isEmptyStore(join(tmpdir(), 'dowser-no-such-folder'))).toBe(true)
  })
})

describe('counting', () => {
  const broken = { status: 'failed', assertionResults: [] }
  const fine = { status: 'passed', assertionResults: [{}] }

  test('a unit test file that could not be loaded is a failure', () => {
    expect(vitestCounts({ numPassedTests: 7, numFailedTests: 1, testResults: [broken, fine] })).toEqual({ passed: 7, failed: 2 })
  })

  test('browser tests that passed on a second try passed; errors outside tests and tests that never ran are failures', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 3 }
    expect(playwrightCounts({ stats, errors: [{}] })).toEqual({ passed: 6, failed: 5 })
  })
})

test('a browser named in the environment is taken when it exists', () => {
  expect(findChromium({ DOWSER_CHROMIUM: process.execPath })).toBe(process.execPath)
  expect(findChromium({ DOWSER_CHROMIUM: '/no/such/browser' })).not.toBe('/no/such/browser')
})
