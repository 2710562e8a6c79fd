import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAlarmExport } from '@/lib/store/sqlite/alarm-export'
import { createSqliteAlarmSink } from '@/lib/store/sqlite/alarm-sink'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { openDatabase } from '@/lib/store/sqlite/open-database'
import { migrate } from '@/prisma/migrate'
import { bundleOptions } from '@/scripts/bundle.mjs'
import { createEngine } from './engine'
import { BATCHES, batchAt, clockAt, killDetectors } from './fixtures/kill-traffic'
import { pause } from './surroundings'

const root = fileURLToPath(new URL('../../', import.meta.url))
const KILLS = 3

let work: string
beforeAll(async () => {
  work = mkdtempSync(join(tmpdir(), 'dowser-kill-'))
  const entryPoints = { child: 'lib/engine/fixtures/delivering-process.ts' }
  await build({ ...bundleOptions(join(work, 'dist')), entryPoints, logLevel: 'silent' })
  // The bundle loads its native addon as an installed program does.
  symlinkSync(join(root, 'node_modules'), join(work, 'node_modules'))
}, 60_000)
afterAll(() => rmSync(work, { recursive: true, force: true }))

function dataDir(name: string): string {
  const dir = join(work, name)
  mkdirSync(dir)
  const db = openDatabase(join(dir, 'app.db'))
  migrate(db, join(root, 'prisma', 'migrations'), 0)
  db.close()
  return dir
}

/** @returns the last batch acknowledged, and whether the process came to its end. */
function deliverUntil(dir: string, first: number, killAfter: number): Promise<{ readonly last: number; readonly isOver: boolean }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [join(work, 'dist', 'child.mjs'), dir, String(first)], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    child.stdout.on('data', (bytes: Buffer) => {
      said += bytes.toString()
      // A few milliseconds on, so that it strikes between as well as within the writes.
      if (said.split('\n').length > killAfter) setTimeout(() => child.kill('SIGKILL'), killAfter % 7)
    })
    child.on('close', () => {
      const lines = said.split('\n').slice(0, -1)
      const acknowledged = lines.filter((line) => line !== 'end').map(Number)
      resolve({ last: acknowledged.at(-1) ?? first - 1, isOver: lines.at(-1) === 'end' })
    })
  })
}

function readBack(dir: string) {
  const events = createSqliteEventStore({ dir })
  const alarms = createAlarmExport(join(dir, 'app.db'))
  const ids = [...events.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })].map(({ at, id }) => `${at}.${id}`)
  const found = [...alarms.alarms()].map(({ id, zone, queries, distinctNames, firstSeenAt, lastSeenAt, openedAt }) => ({
    ...{ id, zone, queries, distinctNames, firstSeenAt, lastSeenAt, openedAt },
  }))
  events.close()
  alarms.close()
  return { ids, found }
}

test('a process killed while it takes events in loses nothing acknowledged, counts nothing twice and misses no alarm', {
  timeout: 60_000,
}, async () => {
  const killed = dataDir('killed')
  let first = 0
  for (let n = 0; n < KILLS; n++) {
    const { last, isOver } = await deliverUntil(killed, first, 12 + n * 9)
    expect(isOver).toBe(false)
    const stored = new Set(readBack(killed).ids)
    for (let batch = 0; batch <= last; batch++) for (const { at, id } of batchAt(batch)) expect(stored.has(`${at}.${id}`)).toBe(true)
    // The sender has no answer to the batch after it and sends it again.
    first = last + 1
  }
  expect(await deliverUntil(killed, first, Number.POSITIVE_INFINITY)).toEqual({ last: BATCHES - 1, isOver: true })

  const whole = dataDir('whole')
  const events = createSqliteEventStore({ dir: whole })
  const intakes = createSqliteIntakeLog(openIntakeDatabase(whole))
  const sink = createSqliteAlarmSink(join(whole, 'app.db'))
  for (let n = 0; n < BATCHES; n++) events.append(batchAt(n), 'whole')
  const now = () => clockAt(BATCHES)
  await createEngine({
    events,
    intakes,
    sink,
    detectors: killDetectors,
    pause,
    now,
    newId: () => '',
    pid: 1,
    isAlive: () => false,
  }).analyse()
  events.close()
  intakes.close()
  sink.close()

  const [actual, expected] = [readBack(killed), readBack(whole)]
  expect(actual.ids).toEqual(expected.ids)
  expect(expected.found).not.toEqual([])
  expect(actual.found).toEqual(expected.found)
})
