import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Reject } from '@/lib/domain/log-event'
import { openIntakeDatabase } from './intake-log'
import { createSqliteRejectStore } from './reject-store'

let dir: string
let open: { close(): void }[]
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-rejects-'))
  open = []
})
afterEach(() => {
  for (const store of open) store.close()
  rmSync(dir, { recursive: true, force: true })
})

const openStore = (options: Parameters<typeof createSqliteRejectStore>[1] = {}) => {
  const store = createSqliteRejectStore(openIntakeDatabase(dir), options)
  open.push(store)
  return store
}
const reject = (bytes: string | Uint8Array, reason = 'not-json', preamble = ''): Reject => ({
  ...{ reason, recordNo: 1, detail: 'the line is not JSON', sample: '' },
  again: { bytes, reader: { kind: 'log', format: 'zeek-tsv' }, ...(preamble !== '' && { preamble }) },
})
const all = (store: ReturnType<typeof openStore>, owner: string) => [...store.parts(owner, store.newest(owner))]

describe('what is kept', () => {
  test('comes back byte for byte, in order, grouped by how it is read', () => {
    const bytes = new Uint8Array([0, 255, 10, 13, 0])
    openStore().keep('a', [reject('one'), reject(bytes, 'truncated-name'), reject('two', 'not-json', '#fields\tts\n')], 1)
    const [first, second, ...more] = all(openStore(), 'a')
    expect(first).toMatchObject({
      reader: { kind: 'log', format: 'zeek-tsv' },
      preamble: '',
      reasons: { 'not-json': 1, 'truncated-name': 1 },
    })
    expect(first?.records.map((record) => [...record])).toEqual([[...Buffer.from('one')], [...bytes]])
    expect(second).toMatchObject({ preamble: '#fields\tts\n', reasons: { 'not-json': 1 } })
    expect(more).toEqual([])
  })

  test('is not kept twice when a delivery comes again, and not without its record', () => {
    const store = openStore()
    const { again: _, ...bare } = reject('x')
    for (let turn = 0; turn < 2; turn++) store.keep('a', [reject('one'), bare, reject('two')], turn)
    expect(store.kept()).toEqual(new Map([['a', { records: 2, bytes: 14, dropped: 0 }]]))
  })

  test('is bounded for an owner: the oldest make room, and are counted', () => {
    const store = openStore({ maxOwnerBytes: 40 })
    for (let i = 0; i < 5; i++) store.keep('a', [reject(`line ${i} ......`)], i)
    expect(store.kept().get('a')).toEqual({ records: 2, bytes: 34, dropped: 3 })
    expect(all(store, 'a').map(({ records }) => Buffer.from(records[0] ?? []).toString())).toEqual(['line 3 ......', 'line 4 ......'])
  })

  test('is bounded together, and measured anew by the next process', () => {
    openStore({ maxBytes: 40 }).keep('a', [reject('line 1 ......'), reject('line 2 ......')], 1)
    const store = openStore({ maxBytes: 40 })
    store.keep('b', [reject('line 3 ......')], 2)
    expect(store.kept()).toEqual(new Map([['b', { records: 1, bytes: 17, dropped: 0 }]]))
  })
})

test('what was read is replaced by what is left of it; what came meanwhile stays', () => {
  const store = openStore()
  store.keep('a', [reject('one'), reject('two')], 1)
  const newest = store.newest('a')
  store.keep('a', [reject('three')], 2)
  store.replace('a', newest, [reject('two')], 3)
  expect(all(store, 'a').flatMap(({ records }) => records.map((record) => Buffer.from(record).toString()))).toEqual(['three', 'two'])
  expect(store.kept().get('a')).toEqual({ records: 2, bytes: 16, dropped: 0 })
})
