import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type LiveBench, logSource, openLive } from './fixtures/live-bench'
import { T0 } from './fixtures/made-events'
import { streamCommands } from './stream-commands'

let dir: string
let live: LiveBench
let reloads: number
let commands: ReturnType<typeof streamCommands>
let sources = [logSource('s1')]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-stream-'))
  sources = [logSource('s1')]
  const logSources = { live: () => sources, saveHealth: () => {}, loadHealth: () => [] }
  live = openLive(dir, { clock: { now: T0 + 60_000 }, maxWaitingEvents: 30, logSources })
  reloads = 0
  commands = streamCommands({
    live: live.engine.live,
    now: () => live.clock.now,
    pause: () => Promise.resolve(),
    onReload: async () => {
      live.engine.live.reload()
      reloads += 1
    },
  })
})
afterEach(() => {
  live.kill()
  rmSync(dir, { recursive: true, force: true })
})

/** Zeek JSON, one look-up a second. */
const zeek = (from: number, to: number): Buffer =>
  Buffer.from(
    Array.from({ length: to - from }, (_, i) => {
      const n = from + i
      return `${JSON.stringify({
        ...{ ts: T0 / 1000 + n, uid: `C${n}`, 'id.orig_h': '10.0.0.9', 'id.orig_p': 40_000 + n, 'id.resp_h': '10.0.0.53', 'id.resp_p': 53 },
        ...{ proto: 'udp', trans_id: n, query: `n${n}.tunnel.org`, qtype: 16, qtype_name: 'TXT', rcode: 0, rcode_name: 'NOERROR' },
      })}\n`
    }).join(''),
  )

const accept = (bytes: Uint8Array, logSourceId = 's1', format: string | null = null) =>
  commands['log-sources.accept-log']({ logSourceId, format }, bytes)

describe('log-sources.accept-log', () => {
  test('stores what it reads and tells what it added; the same again is known', async () => {
    expect(await accept(zeek(0, 20))).toEqual({ added: 20, duplicates: 0, rejected: 0, rejects: [] })
    expect(await accept(gzipSync(zeek(0, 20)))).toEqual({ added: 0, duplicates: 20, rejected: 0, rejects: [] })
    expect([...live.events.read({ fromMs: 0, toMs: Number.MAX_SAFE_INTEGER })]).toHaveLength(20)
  })

  test('tells what it could not read, with a sample, and stores the rest', async () => {
    const account = await accept(Buffer.concat([zeek(0, 3), Buffer.from('not json\n{ neither\n'), zeek(3, 5)]), 's1', 'zeek-json')
    expect(account).toMatchObject({ added: 5, rejected: 2 })
    expect(account.rejects.reduce((sum, { count }) => sum + count, 0)).toBe(2)
    expect(account.rejects.flatMap(({ samples }) => samples).length).toBe(2)
  })

  test.each([
    ['an unknown source', () => accept(zeek(0, 1), 'nobody'), 'not-found'],
    ['bytes of no known format', () => accept(Buffer.from('hello\n')), 'unknown-format'],
    ['a format that does not exist', () => accept(zeek(0, 1), 's1', 'morse'), 'unknown-format'],
  ])('%s fails with its code and stores nothing', async (_, call, code) => {
    await expect(call()).rejects.toMatchObject({ code })
    expect(live.events.extent()).toBeNull()
  })

  test('a source added since the last reload is known, a paused one no longer after it', async () => {
    sources = [logSource('s2')]
    expect(await accept(zeek(0, 1), 's2')).toMatchObject({ added: 1 })
    await expect(accept(zeek(1, 2))).rejects.toMatchObject({ code: 'not-found' })
  })

  test('is refused with the time to come back when too much waits, and let in as a whole otherwise', async () => {
    expect(await accept(zeek(0, 60))).toMatchObject({ added: 60 })
    await expect(accept(zeek(60, 61))).rejects.toMatchObject({ code: 'overloaded', retryAfterSeconds: 5 })
    await live.pass(180_000, 10_000)
    expect(await accept(zeek(60, 61))).toMatchObject({ added: 1 })
    expect(live.sink.alarms()).toMatchObject([{ zone: 'tunnel.org', queries: 60 }])
  })
})

test('log-sources.reload reads the sources again, tells the listeners, and health follows', async () => {
  expect(await commands['log-sources.health']({}, null)).toMatchObject([{ logSourceId: 's1', state: 'waiting' }])
  sources = [logSource('s2')]
  await commands['log-sources.reload']({}, null)
  expect(reloads).toBe(1)
  expect((await commands['log-sources.health']({}, null)).map(({ logSourceId, state }) => [logSourceId, state])).toEqual([
    ['s1', 'paused'],
    ['s2', 'waiting'],
  ])
})
