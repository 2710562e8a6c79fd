import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lookup, processStart } from '@/lib/store/contract/sample-events'
import { createSqliteEventSearch } from './event-search'
import { createSqliteEventStore } from './event-store'
import { openDatabase } from './open-database'

const AT = Date.UTC(2026, 0, 5, 9)
const DAY = { fromMs: Date.UTC(2026, 0, 5), toMs: Date.UTC(2026, 0, 6) }
const FILE = 'events-20260105.db'

/** The tables of a segment as they were when every value of a lookup had its own column, and rows as they were written into them. */
const OLD = `
CREATE TABLE dns_event (at INTEGER NOT NULL, id INTEGER NOT NULL, zone TEXT, intake_no INTEGER NOT NULL, time_quality INTEGER NOT NULL,
  source TEXT, client_ip TEXT, client_port INTEGER, server_ip TEXT, server_port INTEGER, transport INTEGER, transaction_id INTEGER,
  qname TEXT NOT NULL, qname_raw TEXT, qname_lossy INTEGER NOT NULL, qtype TEXT, rcode TEXT, answers TEXT, answer_count INTEGER,
  query_bytes INTEGER, response_bytes INTEGER, host_id TEXT, host_name TEXT, user_name TEXT, process_name TEXT, sensor TEXT,
  scope INTEGER NOT NULL, attempts INTEGER NOT NULL, format TEXT NOT NULL, record_no INTEGER NOT NULL,
  PRIMARY KEY (at, id)) STRICT, WITHOUT ROWID;
CREATE TABLE process_event (at INTEGER NOT NULL, id INTEGER NOT NULL, intake_no INTEGER NOT NULL, time_quality INTEGER NOT NULL,
  category TEXT NOT NULL, type TEXT NOT NULL, action TEXT, host_id TEXT, host_name TEXT, host_ips TEXT NOT NULL, user_name TEXT,
  user_domain TEXT, user_id TEXT, name TEXT, executable TEXT, args TEXT NOT NULL, command_line TEXT, pid INTEGER, entity_id TEXT,
  original_file_name TEXT, parent_name TEXT, parent_executable TEXT, parent_args TEXT NOT NULL, parent_command_line TEXT,
  parent_pid INTEGER, parent_entity_id TEXT, sensor TEXT, format TEXT NOT NULL, record_no INTEGER NOT NULL,
  PRIMARY KEY (at, id)) STRICT, WITHOUT ROWID;
CREATE TABLE zone_source (zone TEXT NOT NULL, source TEXT NOT NULL, queries INTEGER NOT NULL, first_at INTEGER NOT NULL, last_at INTEGER NOT NULL,
  PRIMARY KEY (zone, source)) STRICT, WITHOUT ROWID;
CREATE TABLE zone_slot (zone TEXT NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (zone, slot)) STRICT, WITHOUT ROWID;
CREATE TABLE source_slot (source TEXT NOT NULL, slot INTEGER NOT NULL, PRIMARY KEY (source, slot)) STRICT, WITHOUT ROWID;
INSERT INTO dns_event VALUES (${AT}, 7, 'example.net', 1, 3, '10.0.0.5', '=', 53124, '10.0.0.53', 53, 1, 4711, 'a.example.net', 'A.example.net',
  1, 'TXT', 'NOERROR', '[[null,"TXT",60,"\\"it''s\\"",14]]', 1, 33, 49, 'h-1', 'WS-7', 'eve', 'x.exe', 'zeek-1', 0, 3, 'zeek-json', 12);
INSERT INTO dns_event VALUES (${AT + 1}, 8, 'example.net', 1, 0, '10.0.0.6', NULL, NULL, NULL, NULL, NULL, NULL, 'example.net', NULL,
  0, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 1, 'sysmon', 13);
INSERT INTO zone_source VALUES ('example.net', '10.0.0.5', 1, ${AT}, ${AT}), ('example.net', '10.0.0.6', 1, ${AT + 1}, ${AT + 1});
INSERT INTO zone_slot VALUES ('example.net', ${Math.floor(AT / 600_000)});
INSERT INTO source_slot VALUES ('10.0.0.5', ${Math.floor(AT / 600_000)}), ('10.0.0.6', ${Math.floor(AT / 600_000)});
`
const full = lookup({
  ...{ at: AT, id: 7, timeQuality: 'assumed-zone', transport: 'tcp', qname: 'a.example.net', qnameRaw: 'A.example.net', qnameLossy: true },
  ...{ qtype: 'TXT', answers: [{ name: null, type: 'TXT', ttlSeconds: 60, data: '"it\'s"', bytes: 14 }], answerCount: 1 },
  ...{ hostId: 'h-1', hostName: 'WS-7', userName: 'eve', processName: 'x.exe', sensor: 'zeek-1', attempts: 3, format: 'zeek-json' },
  recordNo: 12,
})
const bare = lookup({
  ...{ at: AT + 1, id: 8, source: '10.0.0.6', clientIp: null, clientPort: null, serverIp: null, serverPort: null, transport: null },
  ...{ transactionId: null, qname: 'example.net', qtype: null, rcode: null, answerCount: null, queryBytes: null, responseBytes: null },
  ...{ format: 'sysmon', recordNo: 13 },
})

let dir = ''
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'dowser-old-segment-'))
  const db = openDatabase(join(dir, FILE))
  db.exec(OLD)
  db.close()
})
afterEach(() => rmSync(dir, { recursive: true, force: true }))

async function expectRead(more: readonly ReturnType<typeof lookup>[]): Promise<void> {
  const store = createSqliteEventStore({ dir })
  const search = createSqliteEventSearch({ dir, budgetMs: 60_000 })
  const all = [full, bare, ...more]
  expect([...store.read(DAY)].filter(({ kind }) => kind === 'dns')).toEqual(all)
  expect([...store.readCounted(DAY)].filter(({ kind }) => kind === 'dns')).toMatchObject(all.map(({ id, qname }) => ({ id, qname })))
  expect(store.findLookups({ zone: 'example.net', range: DAY }, 10, null).rows).toEqual(all.toReversed())
  expect(store.sourcesOfZone('example.net', DAY, 10).map(({ source, queries }) => [source, queries])).toEqual([
    ['10.0.0.5', 1 + more.length],
    ['10.0.0.6', 1],
  ])
  const found = await search.lookups({ terms: [{ field: 'host', value: 'ws-7', not: false }], range: DAY }, 10, null)
  expect(found.rows).toEqual([full])
  const rare = await search.rareZones('10.0.0.6', DAY, 1, 10)
  expect(rare.zones).toEqual([{ zone: 'example.net', queries: 1, firstSeenAt: AT + 1, lastSeenAt: AT + 1, otherSources: 1 }])
  expect((await search.rareZones('10.0.0.9', DAY, 1, 10)).zones).toEqual([])
  store.close()
}

test('a segment of the older shape is read as it is', () => expectRead([]))

test('a segment of the older shape takes new events beside its own, and knows its own again', async () => {
  const store = createSqliteEventStore({ dir })
  const added = lookup({ at: AT + 2, id: 1, qname: 'b.example.net' })
  expect(store.append([added, full, bare, processStart({ at: AT + 3, id: 2 })], 'later')).toMatchObject({ added: 2, duplicates: 2 })
  store.close()
  await expectRead([added])
})
