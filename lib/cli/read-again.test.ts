import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { withAppStores } from './app-stores'
import { runCommandLine } from './run-command-line'

const root = fileURLToPath(new URL('../../', import.meta.url))
const NOW = Date.UTC(2026, 10, 1)
let dir: string
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-read-again-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function run(...args: readonly string[]) {
  let out = ''
  let err = ''
  const code = await runCommandLine(args, {
    env: { DOWSER_DATA: join(dir, 'data'), PORT: '1' },
    cwd: dir,
    stdin: (async function* () {})(),
    isStdinInteractive: false,
    out: async (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    isInteractive: false,
    now: () => NOW,
    programDir: root,
  })
  return { code, out, err }
}

test('lists what is kept, reads it as another format, once, and leaves a line in the audit log', async () => {
  const lines = [1, 2, 3].map((n) =>
    JSON.stringify({ ts: NOW / 1_000 - 100 + n, 'id.orig_h': '10.0.0.9', 'id.orig_p': 4_000 + n, query: `n${n}.example.org`, trans_id: n }),
  )
  writeFileSync(join(dir, 'dns.log'), `${lines.join('\n')}\n`)
  expect((await run('import', '--format', 'bind', 'dns.log')).out).toContain('3 records, 0 events added, 0 known before, 3 rejected')
  const { out: listed } = await run('read-again')
  const id = /^import +dns\.log +3 .* (\S+)$/m.exec(listed)?.[1] ?? ''
  expect(id).not.toBe('')
  expect(await run('read-again', '--format', 'zeek-json', id)).toMatchObject({
    code: 0,
    out: 'dns.log: 3 records read again, 3 events added, 0 known before, 0 still rejected\n',
  })
  expect((await run('read-again')).out).toBe('No rejected record is kept.\n')
  expect((await run('import', 'dns.log')).out).toContain('0 events added, 3 known before, 0 rejected')
  const { rows } = await withAppStores(
    join(dir, 'data', 'app.db'),
    () => NOW,
    (stores) => stores.audit.list(5, null),
  )
  expect(rows).toMatchObject([{ action: 'rejects.read-again', byName: 'command line', entityId: id }])
})

test.each([
  ['an owner of nothing', ['read-again', 'nobody'], 1, 'nothing is kept of nobody'],
  ['a format that is none', ['read-again', '--format', 'nonsense', 'x'], 2, 'nonsense'],
  ['two owners', ['read-again', 'a', 'b'], 2, 'name one import or log source'],
])('%s is refused in words', async (_, args, code, said) => {
  writeFileSync(join(dir, 'empty.log'), '')
  await run('import', 'empty.log')
  const result = await run(...args)
  expect(result.code).toBe(code)
  expect(result.err).toContain(said)
})
