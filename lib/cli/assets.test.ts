import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { runCommandLine } from './run-command-line'

let temporary: TemporaryContext
beforeEach(() => {
  temporary = temporaryContext()
})
afterEach(() => temporary.dispose())

async function run(args: readonly string[]) {
  let out = ''
  let err = ''
  const code = await runCommandLine(['assets', ...args], {
    env: { DOWSER_DATA: temporary.dataDir, PORT: '1' },
    cwd: temporary.dataDir,
    stdin: (async function* () {})(),
    isStdinInteractive: false,
    out: async (text) => {
      out += text
    },
    err: (text) => {
      err += text
    },
    isInteractive: false,
    now: () => NOON,
    programDir: fileURLToPath(new URL('../../', import.meta.url)),
  })
  return { code, out, err }
}

const file = (text: string): string => {
  writeFileSync(join(temporary.dataDir, 'assets.csv'), text)
  return 'assets.csv'
}

describe('assets', () => {
  test('a dry run stores nothing, an import does, an export gives it back', async () => {
    const path = file('address,name,roles\n10.0.0.53,dns,resolver\n')
    expect(await run(['import', path, '--dry-run'])).toMatchObject({
      code: 0,
      out: 'Nothing stored. 1 added, 0 changed, 0 as they were.\n',
    })
    expect((await run(['export'])).out).toBe('address,name,roles,origin,updated,by\r\n')
    expect(await run(['import', path])).toMatchObject({ code: 0, out: '1 added, 0 changed, 0 as they were.\n' })
    const { out } = await run(['export'])
    expect(out).toContain('\r\n10.0.0.53,dns,resolver,csv,2026-11-21T12:00:00.000Z,command line\r\n')
    expect((await run(['import', file(out)])).out).toBe('0 added, 0 changed, 1 as they were.\n')
  })

  test('bad lines are named, inert, and nothing is stored', async () => {
    const answer = await run(['import', file('address,name,roles\n10.0.0.1,a,\n10.0.0.2,b,\u001b[2Jboss\n')])
    expect(answer).toMatchObject({ code: 1, err: expect.stringContaining('line 3: roles:') })
    expect(answer.err).not.toContain('\u001b')
    expect((await run(['export'])).out).not.toContain('10.0.0.1')
  })

  test('a file that is not there is named', async () => {
    expect(await run(['import', 'gone.csv'])).toMatchObject({ code: 1, err: expect.stringContaining('cannot read') })
  })

  test.each([[[]], [['import']], [['import', 'a', 'b']], [['export', 'a']], [['frobnicate']]])('%j is wrong usage', async (args) => {
    expect(await run(args)).toMatchObject({ code: 2, out: '', err: expect.stringContaining('Usage: dowser assets') })
  })
})
