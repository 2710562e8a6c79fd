import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { changeDetector } from '@/lib/services/detectors/change-detector'
import { processStart } from '@/lib/store/contract/sample-events'
import { runCommandLine } from './run-command-line'

const root = fileURLToPath(new URL('../../', import.meta.url))
const NSLOOKUP = 'dns_tunneling_nslookup'

let temporary: TemporaryContext
beforeEach(() => {
  temporary = temporaryContext()
  temporary.stores.events.append(
    Array.from({ length: 15 }, (_, index) => {
      const start = processStart({ id: index + 1, at: NOON + index * 1_000, hostId: 'h1' })
      const args = ['nslookup.exe', '-q=txt', `a${index}.t.example`]
      return { ...start, process: { ...start.process, name: 'nslookup.exe', args } }
    }),
    'intake-1',
  )
})
afterEach(() => temporary.dispose())

async function run(...args: readonly string[]) {
  let out = ''
  let err = ''
  const code = await runCommandLine(['run', ...args], {
    env: { DOWSER_DATA: temporary.dataDir },
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
    programDir: root,
  })
  return { code, out, err }
}

/** The summary line of `--json`. */
const summaryOf = ({ out }: { out: string }) => JSON.parse(out.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>

describe('a manual run', () => {
  test('prints what the detector would raise, and stores nothing', async () => {
    const { code, out } = await run(NSLOOKUP)
    expect(code).toBe(0)
    expect(out).toContain(NSLOOKUP)
    expect(out).toContain('1 alarms from 15 events, 2026-11-21T12:00:00.000Z to 2026-11-21T12:00:14.001Z; nothing was written')
    expect(await temporary.stores.alarms.count({})).toBe(0)
  })

  test('uses the settings in force, --set over them, and --defaults instead of them', async () => {
    temporary.engine.commanded = async () => ({ changed: [] })
    await changeDetector(temporary.as('admin'), {
      ...{ detectorId: NSLOOKUP, expectedVersion: 0, reason: 'a test', acceptedLosses: 0 },
      ...{ enabled: false, values: { threshold: 16 }, exceptions: [] },
    })
    expect(summaryOf(await run(NSLOOKUP, '--json'))).toMatchObject({ type: 'summary', alarms: 0, events: 15 })
    expect(summaryOf(await run(NSLOOKUP, '--json', '--set', 'threshold=15'))).toMatchObject({ alarms: 1 })
    expect(summaryOf(await run(NSLOOKUP, '--json', '--defaults'))).toMatchObject({ alarms: 1 })
  })

  test('leaves out what is before and after the range', async () => {
    expect(summaryOf(await run(NSLOOKUP, '--json', '--from', '2026-11-22'))).toMatchObject({ alarms: 0, events: 0 })
    expect(summaryOf(await run(NSLOOKUP, '--json', '--to', '2026-11-21T12:00:14Z'))).toMatchObject({ alarms: 0, events: 14 })
  })

  test.each([
    [['nothing'], 'name one detector'],
    [[], 'name one detector'],
    [[NSLOOKUP, '--set', 'limit=3'], 'threshold, windowMinutes'],
    [[NSLOOKUP, '--set', 'threshold=0'], 'between 1 and 1000'],
    [[NSLOOKUP, '--set', 'threshold='], 'between 1 and 1000'],
  ])('%j is wrong usage, and says what is right', async (args, message) => {
    const { code, err } = await run(...args)
    expect(code).toBe(2)
    expect(err).toContain(message)
  })
})
