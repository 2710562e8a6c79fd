import { randomUUID } from 'node:crypto'
import type Database from 'better-sqlite3'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { AlarmAction } from '@/lib/domain/alarm-event'
import { type AllowlistRule, decidingEntry } from '@/lib/domain/allowlist'
import type { AlarmSink } from '@/lib/store/ports'
import { type DraftRow, fromDraftRow, mergeDraftRow, toDraftRow } from './alarm-draft-row'
import { openDatabase } from './open-database'

/** Alarms moved between open and suppressed in one transaction; the pages wait meanwhile. */
const MOVES_PER_TRANSACTION = 200

export interface SqliteAlarmSink extends AlarmSink {
  close(): void
}

/**
 * The engine's side of alarms, on app.db beside Prisma. Every transaction begins with a write (the change counter), so it
 * never fails for having read first.
 *
 * @param path - app.db, migrated.
 * @param newId - ids of history lines.
 */
export function createSqliteAlarmSink(path: string, newId: () => string = randomUUID): SqliteAlarmSink {
  return new Sink(openDatabase(path), newId)
}

interface Covered {
  readonly id: string
  readonly zone: string
  readonly source: string | null
  readonly detector: string
  readonly suppressedByEntryId: string | null
}

interface Move {
  readonly id: string
  readonly from: 'open' | 'suppressed'
  readonly entryId: string | null
}

class Sink implements SqliteAlarmSink {
  private readonly statements: ReturnType<typeof prepare>
  private readonly upsertAll: Database.Transaction<(drafts: readonly AlarmDraft[], nowMs: number) => readonly string[]>
  private readonly moveAll: Database.Transaction<(moves: readonly Move[], nowMs: number) => number>

  constructor(
    private readonly db: Database.Database,
    private readonly newId: () => string,
  ) {
    this.statements = prepare(db)
    this.upsertAll = db.transaction((drafts, nowMs) => this.write(drafts, nowMs))
    this.moveAll = db.transaction((moves, nowMs) => moves.filter((move) => this.move(move, nowMs)).length)
  }

  findEpisode(
    key: { detector: string; zone: string | null; source: string | null },
    range: { fromMs: number; toMs: number },
    gapMs: number,
  ) {
    const row = this.statements.findEpisode.get(key.detector, key.zone, key.source, range.toMs + gapMs, range.fromMs - gapMs)
    return row === undefined ? null : fromDraftRow(row)
  }

  upsert(drafts: readonly AlarmDraft[], nowMs: number): readonly string[] {
    return drafts.length === 0 ? [] : this.upsertAll.immediate(drafts, nowMs)
  }

  hiddenAmong(ids: Iterable<string>): number {
    let hidden = 0
    for (const id of ids) if (this.statements.statusOf.get(id) === 'suppressed') hidden += 1
    return hidden
  }

  allowlist(): readonly AllowlistRule[] {
    return this.statements.rules.all()
  }

  applyAllowlist(nowMs: number): { readonly hidden: number; readonly restored: number } {
    const rules = this.allowlist().filter((rule) => rule.expiresAt > nowMs)
    const lifted = this.statements.suppressed.all().flatMap((alarm) => {
      const entryId = decidingEntry(rules, alarm, nowMs)
      return entryId === alarm.suppressedByEntryId ? [] : [{ id: alarm.id, from: 'suppressed' as const, entryId }]
    })
    const covered = rules.length === 0 ? [] : this.statements.open.all()
    const hidden = covered.flatMap((alarm) => {
      const entryId = decidingEntry(rules, alarm, nowMs)
      return entryId === null ? [] : [{ id: alarm.id, from: 'open' as const, entryId }]
    })
    this.moveInParts(lifted, nowMs)
    const restored = lifted.filter(({ id, entryId }) => entryId === null && this.statements.explained.get(id) === undefined).length
    return { hidden: this.moveInParts(hidden, nowMs), restored }
  }

  close(): void {
    this.db.close()
  }

  private moveInParts(moves: readonly Move[], nowMs: number): number {
    let moved = 0
    for (let i = 0; i < moves.length; i += MOVES_PER_TRANSACTION)
      moved += this.moveAll.immediate(moves.slice(i, i + MOVES_PER_TRANSACTION), nowMs)
    return moved
  }

  private write(drafts: readonly AlarmDraft[], nowMs: number): readonly string[] {
    // First a write: it takes the lock that a read-then-write could lose to the pages.
    this.statements.touch.run()
    const rules = this.allowlist()
    return drafts.filter((draft) => this.writeOne(draft, rules, nowMs)).map((draft) => draft.id)
  }

  /** @returns true when the alarm is new. */
  private writeOne(draft: AlarmDraft, rules: readonly AllowlistRule[], nowMs: number): boolean {
    const found = toDraftRow(draft)
    const known = this.statements.find.get(draft.id)
    const entryId = decidingEntry(rules, draft, nowMs)
    if (known === undefined) {
      const explained = draft.evidence.suppression
      const status = entryId === null && explained === null ? 'open' : 'suppressed'
      this.statements.insert.run({ ...found, status, suppressedByEntryId: entryId, updatedAt: nowMs, changeNumber: this.nextChange() })
      this.statements.explain.run(found)
      this.note(draft.id, 'opened', `score ${Math.round(draft.score)}, ${draft.severity}`, nowMs)
      if (entryId !== null) this.note(draft.id, 'suppressed', this.reasonOf(entryId), nowMs)
      else if (explained !== null) this.note(draft.id, 'suppressed', explained, nowMs)
      return true
    }
    const merged = mergeDraftRow(known, found)
    const isNew = (column: string): boolean => merged[column] !== known[column]
    if (Object.keys(merged).some(isNew)) this.statements.update.run({ ...merged, updatedAt: nowMs, changeNumber: this.nextChange() })
    if (EXPLANATION.some(isNew)) this.statements.explain.run(merged)
    if (merged.recurrences > known.recurrences)
      this.note(draft.id, 'recurred', merged.recurrences === 1 ? 'once so far' : `${merged.recurrences} times so far`, nowMs)
    if (known.status === 'open' && entryId !== null) this.move({ id: draft.id, from: 'open', entryId }, nowMs)
    // The catalogue hides what it explained from the beginning; it never takes an open alarm away.
    if (this.isOutgrown(known, draft)) this.move({ id: draft.id, from: 'suppressed', entryId }, nowMs)
    return false
  }

  /** @returns false when a person was faster. */
  private move({ id, from, entryId }: Move, nowMs: number): boolean {
    const to = entryId === null && this.statements.explained.get(id) === undefined ? 'open' : 'suppressed'
    const change = this.nextChange()
    if (this.statements.move.run(to, entryId, change, id, from).changes === 0) return false
    if (from === 'open' && entryId !== null) this.note(id, 'suppressed', this.reasonOf(entryId), nowMs)
    if (from === 'suppressed' && to === 'open') this.note(id, 'unsuppressed', 'nothing hides or explains it any more', nowMs)
    return true
  }

  private isOutgrown(known: { readonly status: string; readonly suppressedByEntryId: string | null }, draft: AlarmDraft): boolean {
    return known.status === 'suppressed' && known.suppressedByEntryId === null && draft.evidence.suppression === null
  }

  private reasonOf(entryId: string): string {
    const domain = this.statements.domainOf.get(entryId)
    return domain === undefined ? 'allowlist entry' : `allowlist entry ${domain}`
  }

  private nextChange(): number {
    return this.statements.nextChange.get() ?? 0
  }

  private note(alarmId: string, action: AlarmAction, detail: string, nowMs: number): void {
    this.statements.note.run(this.newId(), alarmId, nowMs, action, detail)
  }
}

const COLUMNS = [
  ...[
    'id',
    'detector',
    'zone',
    'source',
    'hostId',
    'hostName',
    'userName',
    'severity',
    'severityRank',
    'score',
    'ruleSeverity',
    'ruleRisk',
  ],
  ...['openedAt', 'firstSeenAt', 'lastSeenAt', 'queries', 'distinctNames', 'recurrences', 'summary', 'tool', 'techniques'],
  ...['demo', 'sparkline', 'story', 'techniqueIds'],
] as const
const EXPLANATION = ['scoreTerms', 'evidence'] as const
const EXPLAINED = `"Alarm" JOIN "AlarmExplanation" ON alarmId = id`
const WRITTEN = [...COLUMNS, 'updatedAt', 'changeNumber']
const INSERTED = [...WRITTEN, 'status', 'suppressedByEntryId']
const COVERED = 'SELECT id, zone, source, detector, suppressedByEntryId FROM "Alarm" WHERE status = ?'

function prepare(db: Database.Database) {
  const engineColumns = [...COLUMNS, ...EXPLANATION].join(', ')
  return {
    statusOf: db.prepare<[string], string>('SELECT status FROM "Alarm" WHERE id = ?').pluck(),
    touch: db.prepare(`UPDATE "ChangeCounter" SET value = value WHERE name = ''`),
    nextChange: db
      .prepare<[], number>(
        `INSERT INTO "ChangeCounter" (name, value) VALUES ('alarms', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1 RETURNING value`,
      )
      .pluck(),
    find: db.prepare<[string], DraftRow & { status: string; suppressedByEntryId: string | null }>(
      `SELECT ${engineColumns}, status, suppressedByEntryId FROM ${EXPLAINED} WHERE id = ?`,
    ),
    findEpisode: db.prepare<[string, string | null, string | null, number, number], Record<string, unknown>>(
      `SELECT ${engineColumns} FROM ${EXPLAINED} WHERE detector = ? AND zone IS ? AND source IS ? AND firstSeenAt < ? AND lastSeenAt >= ?
       ORDER BY lastSeenAt DESC, id LIMIT 1`,
    ),
    insert: db.prepare(`INSERT INTO "Alarm" (${INSERTED.join(', ')}) VALUES (${INSERTED.map((column) => `@${column}`).join(', ')})`),
    update: db.prepare(`UPDATE "Alarm" SET ${WRITTEN.map((column) => `${column} = @${column}`).join(', ')} WHERE id = @id`),
    explain: db.prepare(
      `INSERT INTO "AlarmExplanation" (alarmId, scoreTerms, evidence) VALUES (@id, @scoreTerms, @evidence)
       ON CONFLICT (alarmId) DO UPDATE SET scoreTerms = excluded.scoreTerms, evidence = excluded.evidence`,
    ),
    move: db.prepare(`UPDATE "Alarm" SET status = ?, suppressedByEntryId = ?, changeNumber = ? WHERE id = ? AND status = ?`),
    note: db.prepare(`INSERT INTO "AlarmEvent" (id, alarmId, at, action, detail) VALUES (?, ?, ?, ?, ?)`),
    // The catalogue explains it and no person has reopened it since.
    explained: db
      .prepare<[string], number>(
        `SELECT 1 FROM "AlarmExplanation" AS a WHERE a.alarmId = ? AND json_extract(a.evidence, '$.suppression') IS NOT NULL
         AND NOT EXISTS (SELECT 1 FROM "AlarmEvent" AS e WHERE e.alarmId = a.alarmId AND e.action = 'reopened' AND e.undoneById IS NULL)`,
      )
      .pluck(),
    domainOf: db.prepare<[string], string>('SELECT domain FROM "AllowlistEntry" WHERE id = ?').pluck(),
    rules: db.prepare<[], AllowlistRule>(
      'SELECT id, domain, source, detector, expiresAt, removedAt FROM "AllowlistEntry" WHERE removedAt IS NULL ORDER BY createdAt, id',
    ),
    suppressed: db.prepare<[], Covered>(COVERED.replace('?', `'suppressed'`)),
    open: db.prepare<[], Covered>(`${COVERED.replace('?', `'open'`)} AND zone IS NOT NULL`),
  }
}
