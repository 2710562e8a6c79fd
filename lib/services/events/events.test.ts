import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ListLookupsResponse } from '@/lib/api/contracts/lookups'
import { ListSourcesResponse } from '@/lib/api/contracts/sources'
import { draft, HOUR, intake, lookup, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { removeDemo } from '@/lib/services/demo/remove-demo'
import { listLookups } from '@/lib/services/lookups/list-lookups'
import { getIntake } from '@/lib/services/sources/get-intake'
import { listSources } from '@/lib/services/sources/list-sources'
import { getStatus } from '@/lib/services/status/get-status'
import { importEvents } from './import-events'

let temporary: TemporaryContext
beforeEach(() => {
  temporary = temporaryContext()
})
afterEach(() => temporary.dispose())

const bytes = () => new Blob(['{}']).stream()
const file = { meta: { via: 'upload', name: 'dns.log', bytesTotal: 2 } }

describe('importing', () => {
  it('hands the bytes on as they are and writes who brought them', async () => {
    const seen: unknown[] = []
    temporary.engine.imported = async (chunks, meta) => {
      for await (const chunk of chunks) seen.push(Buffer.from(chunk).toString())
      seen.push(meta)
      return intake({ id: 'in-1', records: 1, alarms: 2 })
    }
    expect(await importEvents(temporary.as('analyst'), { bytes: bytes(), ...file })).toEqual({
      intake: intake({ id: 'in-1', records: 1, alarms: 2 }),
    })
    expect(seen).toEqual(['{}', { via: 'upload', name: 'dns.log', bytesTotal: 2, demo: false }])
    const { rows } = await temporary.stores.audit.list(1, null)
    expect(rows).toMatchObject([{ action: 'events.imported', entityId: 'in-1', detail: 'dns.log: 1 records, 2 alarms' }])
  })

  it.each([
    [null, 'unknown-format'],
    ['pcap', 'invalid'],
  ])('tells the sender why a log of format %s could not be read', async (format, code) => {
    temporary.engine.imported = () =>
      Promise.resolve(intake({ id: 'in-1', state: 'failed', format, error: 'tried pcap, zeek; the first line is "hello"' }))
    await expect(importEvents(temporary.as('analyst'), { bytes: bytes(), ...file })).rejects.toMatchObject({
      code,
      message: 'tried pcap, zeek; the first line is "hello"',
      extra: { intake: { id: 'in-1' } },
    })
  })

  it.each(['starting', 'down'] as const)('is refused while the engine is %s', async (state) => {
    temporary.engine.state = state
    await expect(importEvents(temporary.as('analyst'), { bytes: bytes(), ...file })).rejects.toMatchObject({ code: 'unavailable' })
  })
})

describe('sources', () => {
  it('lists imports newest first, totals and formats', async () => {
    const { events, intakes } = temporary.stores
    intakes.save(intake({ id: 'in-1', startedAt: NOON, dnsEvents: 2 }))
    intakes.save(intake({ id: 'in-2', startedAt: NOON + 1, dnsEvents: 3, processEvents: 4 }))
    events.append([lookup({ id: 1, at: NOON - HOUR, qname: 'a.example' }), lookup({ id: 2, at: NOON, qname: 'b.example' })], 'in-1')
    const sources = await listSources(temporary.as('manager'))
    expect(ListSourcesResponse.parse(sources)).toEqual(sources)
    expect(sources.intakes.map((row) => row.id)).toEqual(['in-2', 'in-1'])
    expect(sources.totals).toEqual({ dnsEvents: 5, processEvents: 4, firstEventAt: NOON - HOUR, lastEventAt: NOON })
    expect(sources.formats.map((format) => format.id)).toContain('pcap')
  })

  it('knows nothing before the first log', async () => {
    const { intakes, totals } = await listSources(temporary.as('analyst'))
    expect({ intakes, totals }).toEqual({ intakes: [], totals: { dnsEvents: 0, processEvents: 0, firstEventAt: null, lastEventAt: null } })
    await expect(getIntake(temporary.as('analyst'), { intakeId: 'in-9' })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('lookups', () => {
  it('come newest first, page by page, under the zone and in the half-open range', async () => {
    temporary.stores.events.append(
      [1, 2, 3, 4].map((id) => lookup({ id, at: NOON + id, qname: `q${id}.t.example` })),
      'in-1',
    )
    temporary.stores.events.append([lookup({ id: 9, at: NOON + 2, qname: 'q.other.example' })], 'in-1')
    const query = { zone: 't.example', from: NOON + 1, to: NOON + 4, limit: 2 }
    const first = await listLookups(temporary.as('analyst'), { ...query, cursor: null })
    expect(ListLookupsResponse.parse(first)).toEqual(first)
    expect(first.rows).toMatchObject([{ qname: 'q3.t.example', answers: ['aGVsbG8'] }, { qname: 'q2.t.example' }])
    const second = await listLookups(temporary.as('analyst'), { ...query, cursor: first.nextCursor })
    expect(second.rows.map((row) => row.qname)).toEqual(['q1.t.example'])
    expect(second.nextCursor).toBeNull()
  })

  it('refuse an empty range', async () => {
    const query = { from: NOON, to: NOON, limit: 1, cursor: null }
    await expect(listLookups(temporary.as('analyst'), query)).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'to' }] })
  })
})

describe('demo data', () => {
  it('goes with its alarms and leaves the real ones', async () => {
    temporary.stores.alarmSink.upsert([draft({ id: 'ALM-1', demo: true }), draft({ id: 'ALM-2', zone: 'real.example' })], NOON)
    const admin = temporary.as('admin')
    expect(await getStatus(admin)).toMatchObject({ demo: true, openAlarms: 2, engine: 'ready' })
    expect(await removeDemo(admin)).toEqual({ removedAlarms: 1 })
    expect(temporary.engine.demoRemoved).toBe(1)
    expect(await getStatus(admin)).toMatchObject({ demo: false, openAlarms: 1 })
    expect(await temporary.stores.alarms.history('ALM-1')).toEqual([])
    expect(await temporary.stores.alarms.history('ALM-2')).toHaveLength(1)
  })
})
