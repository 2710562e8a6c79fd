import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { detectors } from '@/lib/detectors/index'
import type { Alarm } from '@/lib/domain/alarm'
import { eventsOf, termsOf } from '@/lib/domain/alarm-events'
import { type EventTerm, formatEventSearch } from '@/lib/domain/event-search'
import { createEngine } from '@/lib/engine/engine'
import { pause } from '@/lib/engine/surroundings'
import { getAlarm } from '@/lib/services/alarms/get-alarm'
import { listAlarms } from '@/lib/services/alarms/list-alarms'
import { listAskingSources } from '@/lib/services/alarms/list-asking-sources'
import { countEvents } from '@/lib/services/events-search/count-events'
import { createSqliteAlarmSink } from '@/lib/store/sqlite/alarm-sink'
import { createSqliteEventStore } from '@/lib/store/sqlite/event-store'
import { createSqliteIntakeLog, openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { NOON, type TemporaryContext, temporaryContext } from './testing/temporary-context'

const MINUTE = 60_000
const DEMO = new URL('../../demo/', import.meta.url)

let temporary: TemporaryContext
let alarms: Alarm[]

beforeAll(async () => {
  temporary = temporaryContext()
  const { dataDir } = temporary
  const intakes = createSqliteIntakeLog(openIntakeDatabase(dataDir))
  const events = createSqliteEventStore({ dir: dataDir })
  const sink = createSqliteAlarmSink(join(dataDir, 'app.db'))
  let ids = 0
  const engine = createEngine({
    ...{ events, intakes, sink, detectors, pause, pid: 1 },
    now: () => NOON,
    newId: () => `in-${++ids}`,
    isAlive: () => false,
  })
  for (const name of ['iodine.pcap.gz', 'benign-office.pcap.gz', 'nslookup-sysmon.ndjson']) {
    const bytes = new Uint8Array(readFileSync(new URL(name, DEMO)))
    const pieces = async function* () {
      yield bytes
    }
    await engine.import(pieces(), { via: 'cli', name, bytesTotal: null, demo: false })
  }
  engine.close()
  for (const store of [events, intakes, sink]) store.close()
  const ctx = temporary.as('analyst')
  const { rows } = await listAlarms(ctx, { sort: 'worst', limit: 100, cursor: null })
  alarms = await Promise.all(rows.map(async ({ id }) => (await getAlarm(ctx, { alarmId: id })).alarm))
}, 120_000)
afterAll(() => temporary.dispose())

async function countOf(terms: readonly EventTerm[], kind: 'lookups' | 'processes', from: number, to: number): Promise<number> {
  let total = 0
  let cursor: string | null = null
  do {
    const piece: Awaited<ReturnType<typeof countEvents>> = await countEvents(temporary.as('analyst'), {
      ...{ kind, q: formatEventSearch(terms), from, to, cursor },
    })
    total += piece.total
    cursor = piece.nextCursor
  } while (cursor !== null)
  return total
}

describe('a number on the page of an alarm', () => {
  it('is what the search it leads to finds, and no minute counts more', async () => {
    const onLookups = alarms.filter(({ evidence }) => evidence.processStarts.length === 0)
    expect(onLookups.length).toBeGreaterThan(0)
    for (const alarm of onLookups) {
      const { link, count } = eventsOf(alarm)
      if (link === null) throw new Error(`nothing leads to the events of ${alarm.detector}`)
      const found = await countOf(termsOf(link.where), link.kind, link.from, link.to)
      expect([alarm.detector, alarm.zone, count]).toEqual([alarm.detector, alarm.zone, found])
      // Its bars are counted by the same search; what the alarm keeps of a minute is what it had when it last looked.
      for (const { at, queries } of alarm.evidence.minutes.slice(0, 10)) {
        const inMinute = await countOf(termsOf(link.where), link.kind, Math.max(at, link.from), Math.min(at + MINUTE, link.to))
        expect(queries, `${alarm.detector} at ${at}`).toBeLessThanOrEqual(inMinute)
      }
    }
  })

  it('is what the search finds for each source that asked in 30 days', async () => {
    for (const { id, zone } of alarms) {
      const { sources, range } = await listAskingSources(temporary.as('analyst'), { alarmId: id })
      for (const { source, queries } of sources) {
        const where = termsOf({ zone, source })
        expect([source, queries]).toEqual([source, await countOf(where, 'lookups', range.from, range.to)])
      }
    }
  })
})
