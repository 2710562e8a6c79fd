import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type Database from 'better-sqlite3'
import { detectors } from '@/lib/detectors/index'
import type { AlarmDraft } from '@/lib/domain/alarm'
import { type Evidence, emptyEvidence } from '@/lib/domain/evidence'
import { SEVERITIES } from '@/lib/domain/severity'
import { prepareAppDb } from '@/lib/store/prisma/open-app-db'
import { toDraftRow } from '@/lib/store/sqlite/alarm-draft-row'
import { openDatabase } from '@/lib/store/sqlite/open-database'
import { randomSource, START_MS } from './traffic'

const migrations = fileURLToPath(new URL('../prisma/migrations', import.meta.url))
const MINUTE_MS = 60_000
/** Zones of falling popularity, so that some stories are large and most are small. */
const ZONES_PER_ALARM = 0.2
const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'
/** Evidences made; alarms share them, each with its own zone and time. */
const EVIDENCES = 64
const ANY_ZONE = 'zone-of-the-alarm.invalid'

/** One alarm in ten belongs to this user: what the bench closes at once. */
export const BATCH_USER = 'svc-batch'
/** The zone of the alarm whose page is measured; it has look-ups of its own. */
export const TUNNEL_ZONE = 'tunnel-under-test.com'

export const label = (random: () => number, length: number): string =>
  Array.from({ length }, () => ALPHABET[Math.floor(random() * ALPHABET.length)]).join('')

/**
 * Alarms as detectors make them, made up: the same in every run, written straight into the tables. Evidence is about 11 kB each.
 *
 * @param dataDir - an existing folder without an app.db.
 */
export function seedAlarms(dataDir: string, count: number): void {
  const path = join(dataDir, 'app.db')
  prepareAppDb(path, migrations, START_MS)
  const db = openDatabase(path)
  // Without a journal on disk: a seeding that fails is thrown away.
  db.pragma('journal_mode = DELETE')
  db.pragma('journal_mode = MEMORY')
  db.pragma('synchronous = OFF')
  db.pragma('foreign_keys = OFF')
  const rebuild = dropIndexes(db)
  const write = writerOf(db)
  const random = randomSource(11)
  const evidences = Array.from({ length: EVIDENCES }, () => evidenceOf(random))
  const texts = evidences.map((evidence) => JSON.stringify(evidence))
  const zones = Math.max(1, Math.floor(count * ZONES_PER_ALARM))
  db.transaction(() => {
    for (let n = 0; n < count; n++) {
      const draft = draftOf(n, Math.floor(zones * random() ** 2), evidences[n % EVIDENCES] ?? emptyEvidence, random)
      const evidence = texts[n % EVIDENCES]?.replaceAll(ANY_ZONE, draft.zone ?? '') ?? ''
      write({ ...toDraftRow(draft), evidence, changeNumber: n + 1, updatedAt: START_MS })
    }
    db.prepare(
      `INSERT INTO "ChangeCounter" (name, value) VALUES ('alarms', ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
    ).run(count)
    rebuild()
  })()
  db.pragma('journal_mode = WAL')
  db.close()
}

/** Filling a table first and sorting its indexes afterwards takes a quarter of the time. @returns what makes them again. */
function dropIndexes(db: Database.Database): () => void {
  const indexes = db
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ('Alarm', 'AlarmEvent', 'AlarmExplanation')`,
    )
    .all()
  for (const { name } of indexes) db.exec(`DROP INDEX "${name}"`)
  return () => {
    for (const { sql } of indexes) db.exec(sql)
  }
}

type Cells = Readonly<Record<string, string | number | null>>

/** What the engine's sink writes of a new, open alarm: its row, its explanation and the first line of its history. */
function writerOf(db: Database.Database): (cells: Cells) => void {
  const explained = new Set(['scoreTerms', 'evidence'])
  let insert: Database.Statement | undefined
  const explain = db.prepare('INSERT INTO "AlarmExplanation" (alarmId, scoreTerms, evidence) VALUES (@id, @scoreTerms, @evidence)')
  const note = db.prepare(
    `INSERT INTO "AlarmEvent" (id, alarmId, at, action, detail) VALUES (@id || '-opened', @id, @updatedAt, 'opened', 'score ' || @score)`,
  )
  return (cells) => {
    if (insert === undefined) {
      const columns = Object.keys(cells).filter((column) => !explained.has(column))
      insert = db.prepare(
        `INSERT INTO "Alarm" (${columns.join(', ')}, status) VALUES (${columns.map((column) => `@${column}`).join(', ')}, 'open')`,
      )
    }
    insert.run(cells)
    explain.run(cells)
    note.run(cells)
  }
}

function draftOf(n: number, zoneNo: number, evidence: Evidence, random: () => number): AlarmDraft {
  const isUnderTest = n === 0
  const zone = isUnderTest ? TUNNEL_ZONE : `zone-${zoneNo}.com`
  const client = Math.floor(random() * 400)
  const source = `10.1.${client >> 8}.${client & 255}`
  const severity = isUnderTest ? 'critical' : (SEVERITIES[Math.floor(SEVERITIES.length * random() ** 1.5)] ?? 'low')
  const rule = detectors[n % detectors.length]?.rule
  const at = START_MS + Math.floor(random() * 14 * 24 * 60) * MINUTE_MS
  const queries = 100 + Math.floor(random() * 5_000)
  return {
    id: `ALM-${n.toString(36).toUpperCase().padStart(12, '0')}`,
    detector: rule?.id ?? 'dns_lookup_tunneling',
    zone,
    source,
    hostId: null,
    hostName: `pc-${client}`,
    userName: n % 10 === 5 ? BATCH_USER : `user-${client}`,
    severity,
    score: isUnderTest ? 100 : Math.floor(random() * 1_000) / 10,
    ruleSeverity: 'high',
    ruleRisk: 73,
    openedAt: at,
    firstSeenAt: at,
    lastSeenAt: at + 30 * MINUTE_MS,
    queries,
    distinctNames: Math.floor(queries * 0.9),
    recurrences: n % 7 === 0 ? 1 : 0,
    summary: `${source} asked for ${queries} names below ${zone} in 30 minutes, most of them unreadable, and the domain’s server answered.`,
    tool: n % 50 === 0 ? { name: 'iodine', confidence: 'high' } : null,
    techniques: [
      { id: 'T1572', because: `${queries} distinct unreadable names below ${zone} in 30 minutes, as DNS lookups carry data.` },
      ...(n % 5 === 0
        ? []
        : [{ id: 'T1071.004', because: `The domain’s server answered ${queries} of ${queries} lookups, so data can come back.` }]),
    ],
    scoreTerms: [{ id: 'volume', sentence: `${queries} names in 30 minutes, threshold 30.`, value: queries, threshold: 30, points: 60 }],
    evidence,
    demo: false,
  }
}

function evidenceOf(random: () => number): Evidence {
  const at = START_MS + Math.floor(random() * 14 * 24 * 60) * MINUTE_MS
  const minutes = Array.from({ length: 30 }, (_, minute) => {
    const queries = 20 + Math.floor(random() * 150)
    return { at: at + minute * MINUTE_MS, queries, distinctNames: queries, entropyBits: 4.2, length: 96, byType: { TXT: queries } }
  })
  const queries = minutes.reduce((sum, minute) => sum + minute.queries, 0)
  const samples = Array.from({ length: 20 }, (_, sample) => ({
    name: `${label(random, 50)}.${label(random, 40)}.${ANY_ZONE}`,
    qtype: 'TXT',
    rcode: 'NOERROR',
    firstAt: at + sample * MINUTE_MS,
    length: 110,
    entropyBits: 4.4,
    readabilityBits: 4.9,
    unreadable: true,
  }))
  return {
    ...emptyEvidence,
    minutes,
    samples,
    byType: { TXT: queries },
    byRcode: { NOERROR: queries },
    sources: [{ source: '10.1.0.1', queries, distinctNames: queries, firstSeenAt: at, lastSeenAt: at + 30 * MINUTE_MS }],
    bytesUp: { low: queries * 40, high: queries * 60 },
  }
}
