import { join } from 'node:path'
import type { DnsEvent } from '@/lib/domain/dns-event'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { openDatabase } from '@/lib/store/sqlite/open-database'
import { segmentNameOf } from '@/lib/store/sqlite/segment-files'
import { label, TUNNEL_ZONE } from './console-seed'
import { addressOf, officeLookups, randomSource, START_MS } from './traffic'

const DAY_MS = 86_400_000
const DAYS = 14
const FIRST_DAY_MS = Math.floor(START_MS / DAY_MS) * DAY_MS
/** Grain of a segment's slot tables. */
const SLOTS_PER_DAY = 144
const EVENTS_PER_WRITE = 20_000
/** One look-up in so many goes through the tunnel. */
const TUNNEL_SHARE = 250

/**
 * Look-ups of an office over two weeks: a day of them through the store itself, and that day's tables again for each of the others,
 * at its own time and with its own ids.
 *
 * @param dataDir - an existing folder without events.
 */
export function seedEvents(dataDir: string, count: number): void {
  const perDay = Math.ceil(count / DAYS)
  seedFirstDay(dataDir, perDay)
  for (let day = 1; day < DAYS; day++) copyDay(dataDir, day, perDay)
}

function seedFirstDay(dataDir: string, count: number): void {
  const store = createSqliteEventStore({ dir: dataDir })
  const random = randomSource(13)
  let batch: DnsEvent[] = []
  const flush = (): void => {
    store.append(batch, 'bench')
    batch = []
  }
  for (const lookup of officeLookups(count)) {
    const isTunnel = lookup.n % TUNNEL_SHARE === 0
    batch.push({
      ...PLAIN,
      id: lookup.n + 1,
      at: FIRST_DAY_MS + Math.floor((lookup.n / count) * DAY_MS),
      source: addressOf(lookup),
      clientIp: addressOf(lookup),
      qname: isTunnel ? `${label(random, 50)}.${TUNNEL_ZONE}` : lookup.qname,
      qtype: isTunnel ? 'TXT' : 'A',
      recordNo: lookup.n + 1,
    })
    if (batch.length === EVENTS_PER_WRITE) flush()
  }
  flush()
  store.close()
}

function copyDay(dataDir: string, day: number, perDay: number): void {
  const path = (of: number): string => join(dataDir, segmentNameOf(FIRST_DAY_MS + of * DAY_MS, 'day'))
  const db = openDatabase(path(day), { throwAway: true, pageBytes: 8_192 })
  db.pragma('journal_mode = MEMORY')
  db.prepare('ATTACH ? AS first').run(path(0))
  const schema = db.prepare<[], string>(`SELECT sql FROM first.sqlite_master WHERE sql IS NOT NULL ORDER BY type = 'view'`).pluck().all()
  const columns = db
    .prepare<[], string>(`SELECT name FROM pragma_table_info('dns_event', 'first') WHERE name NOT IN ('at', 'id')`)
    .pluck()
    .all()
  db.transaction(() => {
    for (const sql of schema) db.exec(sql)
    const rest = columns.join(', ')
    db.exec(`
      INSERT INTO dns_event (at, id, ${rest})
        SELECT at + ${day * DAY_MS}, id + ${day * perDay}, ${rest} FROM first.dns_event ORDER BY at, id;
      INSERT INTO zone_name SELECT * FROM first.zone_name;
      INSERT INTO source_name SELECT * FROM first.source_name;
      INSERT INTO zone_pair SELECT zone_no, source_no, queries, first_at + ${day * DAY_MS}, last_at + ${day * DAY_MS} FROM first.zone_pair;
      INSERT INTO zone_slot SELECT zone, slot + ${day * SLOTS_PER_DAY} FROM first.zone_slot;
      INSERT INTO source_slot SELECT source, slot + ${day * SLOTS_PER_DAY} FROM first.source_slot;`)
  })()
  db.pragma(`user_version = ${Number(db.pragma('first.user_version', { simple: true }))}`)
  db.exec('DETACH first')
  db.pragma('journal_mode = WAL')
  db.close()
}

const PLAIN: DnsEvent = {
  kind: 'dns',
  id: 0,
  at: 0,
  timeQuality: 'exact',
  source: null,
  clientIp: null,
  clientPort: 53_124,
  serverIp: '10.1.255.53',
  serverPort: 53,
  transport: 'udp',
  transactionId: null,
  qname: '',
  qnameRaw: null,
  qnameLossy: false,
  qtype: 'A',
  rcode: 'NOERROR',
  answers: [],
  answerCount: 1,
  queryBytes: 40,
  responseBytes: 90,
  hostId: null,
  hostName: null,
  userName: null,
  processName: null,
  sensor: null,
  scope: 'client',
  attempts: 1,
  format: 'pcap',
  recordNo: 1,
}
