import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DnsEvent } from '@/lib/domain/dns-event'
import { createSqliteEventStore } from './event-store'

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-writer-'))
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

const EVERYTHING = { fromMs: 0, toMs: Number.MAX_SAFE_INTEGER }

const lookup = (n: number, facts: Partial<DnsEvent>): DnsEvent => ({
  ...{
    kind: 'dns',
    id: n,
    at: 1_795_284_517_000 + n,
    timeQuality: 'exact',
    source: '10.0.0.1',
    clientIp: '10.0.0.1',
    clientPort: 4000 + n,
  },
  ...{ serverIp: null, serverPort: null, transport: null, transactionId: null, qname: `n${n}.example.com`, qnameRaw: null },
  ...{ qnameLossy: false, qtype: null, rcode: null, answers: [], answerCount: null, queryBytes: null, responseBytes: null },
  ...{ hostId: null, hostName: null, userName: null, processName: null, sensor: null, scope: 'client', attempts: 1 },
  ...{ format: 'zeek-tsv', recordNo: n },
  ...facts,
})

const SHAPES: readonly Partial<DnsEvent>[] = [
  {},
  { qtype: "A', 1); DROP TABLE dns_event; --", rcode: 'NOERROR' },
  { source: null, clientIp: null },
  { scope: 'upstream', transport: 'doh', timeQuality: 'ingest', qnameLossy: true },
  { hostName: 'pc', userName: 'ann', processName: 'x.exe', sensor: 's', queryBytes: 0, responseBytes: 4_096 },
  { attempts: 70_000 },
]

test('rows of every shape are read as they were written, however they alternate', () => {
  const events = Array.from({ length: 300 }, (_, n) =>
    lookup(n, { ...SHAPES[n % SHAPES.length], ...(n % 2 === 0 ? {} : { attempts: 1 + (n % 90) }) }),
  )
  const store = createSqliteEventStore({ dir })
  expect(store.append(events, 'intake')).toMatchObject({ added: 300, duplicates: 0 })
  expect(store.append(events.toReversed(), 'another')).toMatchObject({ added: 0, duplicates: 300 })
  expect([...store.read(EVERYTHING)]).toEqual(events)
  store.close()
})
