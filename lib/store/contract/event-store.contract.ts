import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DnsEvent } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import type { EventStore } from '@/lib/store/ports'
import { lookup, processStart } from './sample-events'

const DAY = 86_400_000
const NOON = Date.UTC(2026, 10, 20, 12)
const EVERYTHING = { fromMs: 0, toMs: NOON + 1_000 * DAY }
const ids = (events: Iterable<LogEvent>): number[] => [...events].map((event) => event.id)
const byPlace = (a: LogEvent, b: LogEvent): number => a.at - b.at || a.id - b.id

/** What every `EventStore` does, whatever it is built on. `open` gives an empty store. */
export function eventStoreContract(open: () => { readonly store: EventStore; readonly remove: () => void }): void {
  let store: EventStore
  let remove: () => void
  beforeEach(() => {
    const opened = open()
    store = opened.store
    remove = opened.remove
  })
  afterEach(() => {
    store.close()
    remove()
  })

  describe('append and read', () => {
    test('gives back every field of a lookup and of a process start', () => {
      const full = lookup({
        at: NOON,
        id: 2 ** 52 - 1,
        timeQuality: 'assumed-zone',
        qname: 'a\\255b.example.net',
        qnameRaw: 'A\\255b.Example.net',
        qnameLossy: true,
        qtype: null,
        rcode: null,
        transport: 'dot',
        scope: 'upstream',
        answers: [{ name: null, type: 'TXT', ttlSeconds: 60, data: '"it\'s \\"quoted\\""', bytes: 14 }],
        answerCount: 1,
        hostName: 'WS-01',
        attempts: 3,
        format: 'zeek-json',
      })
      const empty = lookup({
        at: NOON + 1,
        id: 1,
        source: null,
        clientIp: null,
        clientPort: null,
        serverIp: null,
        transport: null,
        answerCount: null,
      })
      const start = processStart({ at: NOON + 2, id: 3 })
      store.append([full, empty, start], 'one')
      expect([...store.read(EVERYTHING)]).toEqual([full, empty, start])
    })

    test('the same event twice is stored once, in one batch, in two, and under another intake', () => {
      const event = lookup({ at: NOON, id: 7 })
      expect(store.append([event, event], 'one')).toMatchObject({ added: 1, duplicates: 1 })
      expect(store.append([event], 'one')).toMatchObject({ added: 0, duplicates: 1 })
      expect(store.append([event, lookup({ at: NOON, id: 8 })], 'two')).toMatchObject({ added: 1, duplicates: 1 })
      expect(ids(store.read(EVERYTHING))).toEqual([7, 8])
    })

    test('tells the span of what was handed in', () => {
      expect(store.append([lookup({ at: NOON + 5, id: 1 }), lookup({ at: NOON, id: 2 })], 'one')).toEqual({
        added: 2,
        duplicates: 0,
        firstAt: NOON,
        lastAt: NOON + 5,
      })
      expect(store.append([], 'one')).toEqual({ added: 0, duplicates: 0, firstAt: null, lastAt: null })
    })

    test('reads in order of time and id over midnight, however it was appended', () => {
      const midnight = Date.UTC(2026, 10, 21)
      const events = [
        lookup({ at: midnight - 1, id: 9 }),
        lookup({ at: midnight, id: 1 }),
        processStart({ at: midnight, id: 2 }),
        lookup({ at: midnight, id: 3 }),
        processStart({ at: midnight + 2 * DAY, id: 4 }),
      ]
      for (const event of events.toReversed()) store.append([event], 'one')
      expect([...store.read(EVERYTHING)]).toEqual(events)
    })

    test('a range is half open, and afterId skips ids at its start', () => {
      store.append(
        [1, 2, 3].map((id) => lookup({ at: NOON, id })),
        'one',
      )
      store.append([lookup({ at: NOON + 10, id: 4 })], 'one')
      expect(ids(store.read({ fromMs: NOON, toMs: NOON + 10 }))).toEqual([1, 2, 3])
      expect(ids(store.read({ fromMs: NOON, toMs: NOON + 11 }, 2))).toEqual([3, 4])
      expect(ids(store.read({ fromMs: NOON + 1, toMs: NOON + 10 }))).toEqual([])
    })

    test('can be written while it is being read, and a read may stop early', () => {
      store.append(
        [1, 2, 3].map((id) => lookup({ at: NOON, id })),
        'one',
      )
      const seen: number[] = []
      for (const event of store.read(EVERYTHING)) {
        seen.push(event.id)
        store.append([lookup({ at: NOON + DAY, id: 100 + event.id })], 'one')
        if (seen.length === 2) break
      }
      expect(seen).toEqual([1, 2])
      expect(ids(store.read({ fromMs: NOON + DAY, toMs: NOON + 2 * DAY }))).toEqual([101, 102])
    })

    test('any batches in any order read back as one sorted stream without repeats', () => {
      const place = fc.record({ at: fc.integer({ min: NOON - 2 * DAY, max: NOON + 2 * DAY }), id: fc.integer({ min: 0, max: 30 }) })
      fc.assert(
        fc.property(fc.array(fc.array(place, { maxLength: 20 }), { maxLength: 5 }), (batches) => {
          const opened = open()
          try {
            for (const batch of batches) opened.store.append(batch.map(lookup), 'one')
            const unique = new Map(batches.flat().map((event) => [`${event.at} ${event.id}`, lookup(event)]))
            expect([...opened.store.read(EVERYTHING)]).toEqual([...unique.values()].sort(byPlace))
          } finally {
            opened.store.close()
            opened.remove()
          }
        }),
        { numRuns: 15 },
      )
    })
  })

  describe('readCounted', () => {
    test('gives process starts and the lookups of known clients below a registered domain, in order', () => {
      const counted = lookup({
        at: NOON + 3,
        id: 3,
        qname: 'x.deep.example.co.uk',
        qnameRaw: 'X.deep.example.co.uk',
        qtype: null,
        rcode: null,
        queryBytes: null,
      })
      store.append(
        [
          counted,
          lookup({ at: NOON, id: 1, scope: 'upstream' }),
          lookup({ at: NOON, id: 2, source: null }),
          lookup({ at: NOON, id: 3, qname: '5.0.0.10.in-addr.arpa' }),
          processStart({ at: NOON + 2, id: 9 }),
        ],
        'one',
      )
      const [start, event, ...rest] = [...store.readCounted(EVERYTHING)]
      const { kind, at, id, source, qname, qnameRaw, qtype, rcode, queryBytes, responseBytes } = counted
      expect(start).toEqual(processStart({ at: NOON + 2, id: 9 }))
      expect(event).toEqual({ kind, at, id, source, zone: 'example.co.uk', qname, qnameRaw, qtype, rcode, queryBytes, responseBytes })
      expect(rest).toEqual([])
    })
  })

  describe('extent', () => {
    test('is null when empty, else covers lookups and starts', () => {
      expect(store.extent()).toBeNull()
      store.append([lookup({ at: NOON, id: 1 }), processStart({ at: NOON - DAY, id: 2 }), processStart({ at: NOON + DAY, id: 3 })], 'one')
      expect(store.extent()).toEqual({ fromMs: NOON - DAY, toMs: NOON + DAY + 1 })
    })
  })

  describe('findLookups', () => {
    const names = ['example.net', 'a.example.net', 'b.a.example.net', 'evilexample.net', 'a.example.net.evil.org']
    beforeEach(() => {
      const events = names.flatMap((qname, i) =>
        [0, 1].map((day) =>
          lookup({ at: NOON + i * 700_000 + day * DAY, id: 10 * i + day, qname, source: i % 2 === 0 ? '10.0.0.5' : '10.0.0.6' }),
        ),
      )
      store.append([...events, lookup({ at: NOON, id: 99, qname: '5.0.0.10.in-addr.arpa', qtype: 'PTR', source: '10.0.0.7' })], 'one')
    })
    const found = (filter: Omit<Parameters<EventStore['findLookups']>[0], 'range'>): (readonly [string, number])[] =>
      store.findLookups({ ...filter, range: EVERYTHING }, 100, null).rows.map((row: DnsEvent) => [row.qname, row.id] as const)

    test('matches the name and what is below it, on label boundaries, newest first', () => {
      expect(found({ zone: 'a.example.net' })).toEqual([
        ['b.a.example.net', 21],
        ['a.example.net', 11],
        ['b.a.example.net', 20],
        ['a.example.net', 10],
      ])
    })

    test('finds names that belong to no registered domain', () => {
      expect(found({ zone: 'in-addr.arpa' })).toEqual([['5.0.0.10.in-addr.arpa', 99]])
    })

    test('narrows by source and type together', () => {
      expect(found({ zone: 'example.net', source: '10.0.0.6' }).map(([, id]) => id)).toEqual([11, 10])
      expect(found({ source: '10.0.0.7', qtype: 'PTR' }).map(([, id]) => id)).toEqual([99])
      expect(found({ source: '10.0.0.7', qtype: 'A' })).toEqual([])
    })

    test('pages show every row once', () => {
      const pages: number[] = []
      let cursor: string | null = null
      do {
        const page = store.findLookups({ zone: 'example.net', range: EVERYTHING }, 2, cursor)
        pages.push(...page.rows.map((row) => row.id))
        cursor = page.nextCursor
      } while (cursor !== null)
      expect(pages).toEqual([21, 11, 1, 20, 10, 0])
    })

    test('an unreadable cursor starts at the top', () => {
      expect(store.findLookups({ range: EVERYTHING }, 1, "1' OR 1=1").rows).toHaveLength(1)
    })
  })

  describe('sourcesOfZone', () => {
    test('counts per source with first and last lookup, in the range, most queries first', () => {
      const at = (minutes: number): number => NOON + minutes * 60_000
      store.append(
        [
          lookup({ at: at(0), id: 1, source: 'a' }),
          lookup({ at: at(30), id: 2, source: 'a' }),
          lookup({ at: at(31), id: 3, source: 'b', qname: 'deep.below.example.net' }),
          lookup({ at: at(32), id: 4, source: 'c', qname: 'example.org' }),
          lookup({ at: at(60 * 24), id: 5, source: 'b' }),
          lookup({ at: at(60 * 24 + 1), id: 6, source: 'b' }),
        ],
        'one',
      )
      expect(store.sourcesOfZone('example.net', EVERYTHING, 10)).toEqual([
        { source: 'b', queries: 3, firstSeenAt: at(31), lastSeenAt: at(60 * 24 + 1) },
        { source: 'a', queries: 2, firstSeenAt: at(0), lastSeenAt: at(30) },
      ])
      expect(store.sourcesOfZone('example.net', { fromMs: at(1), toMs: at(60 * 24 + 1) }, 10)).toEqual([
        { source: 'b', queries: 2, firstSeenAt: at(31), lastSeenAt: at(60 * 24) },
        { source: 'a', queries: 1, firstSeenAt: at(30), lastSeenAt: at(30) },
      ])
      expect(store.sourcesOfZone('example.net', EVERYTHING, 1)).toHaveLength(1)
    })
  })

  describe('findProcessStarts', () => {
    test('by host, newest first', () => {
      store.append(
        [processStart({ at: NOON, id: 1 }), processStart({ at: NOON + 1, id: 2 }), processStart({ at: NOON, id: 3, hostId: 'host-2' })],
        'one',
      )
      expect(ids(store.findProcessStarts({ hostId: 'host-1', range: EVERYTHING }, 10))).toEqual([2, 1])
      expect(ids(store.findProcessStarts({ range: EVERYTHING }, 2))).toEqual([2, 3])
    })
  })

  describe('removeIntakes', () => {
    test('takes back what the intakes brought and nothing else', () => {
      store.append([lookup({ at: NOON, id: 1 }), lookup({ at: NOON + DAY, id: 2 })], 'demo')
      store.append([lookup({ at: NOON, id: 1 }), lookup({ at: NOON + 1, id: 3, source: 'other' })], 'real')
      store.removeIntakes(['demo'])
      expect(ids(store.read(EVERYTHING))).toEqual([3])
      expect(store.sourcesOfZone('example.net', EVERYTHING, 10).map((row) => row.source)).toEqual(['other'])
      expect(store.append([lookup({ at: NOON, id: 1 })], 'real')).toMatchObject({ added: 1 })
    })

    test('an unknown intake is no error', () => {
      store.append([lookup({ at: NOON, id: 1 })], 'one')
      store.removeIntakes(['never-seen'])
      expect(ids(store.read(EVERYTHING))).toEqual([1])
    })
  })
}
