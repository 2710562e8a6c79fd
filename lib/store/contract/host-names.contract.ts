import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type NameSpan, SPAN_GAP_MS } from '@/lib/domain/host-name'
import { type HostNameStore, type HostNameWriter, MAX_SPANS_OF_ADDRESS } from '@/lib/store/ports/host-names'

const NOON = Date.UTC(2026, 10, 20, 12)
const HOUR = 3_600_000

const span = (address: string, name: string, from: number, to: number, part: Partial<NameSpan> = {}): NameSpan => ({
  ...{ address, name, origin: 'dhcp', demo: false },
  ...{ firstSeenAt: NOON + from * HOUR, lastSeenAt: NOON + to * HOUR },
  ...part,
})

interface Opened {
  readonly writer: HostNameWriter
  readonly store: HostNameStore
  readonly close: () => Promise<void>
}

/** What every pair of `HostNameWriter` and `HostNameStore` over one database does. @param open - `maxSpans`: kept in all. */
export function hostNamesContract(open: (maxSpans?: number) => Opened): void {
  let opened: Opened
  beforeEach(() => {
    opened = open()
  })
  afterEach(() => opened.close())
  const of = async (address: string) => (await opened.store.ofAddresses([address])).get(address) ?? []

  describe('learnt names', () => {
    test('come back by address, newest first; an address without one is absent', async () => {
      opened.writer.learn([span('10.0.0.5', 'a', 0, 1), span('10.0.0.5', 'b', 30, 31), span('10.0.0.6', 'c', 0, 0, { origin: 'ptr' })])
      expect(await opened.store.ofAddresses(['10.0.0.5', '10.0.0.7'])).toEqual(
        new Map([['10.0.0.5', [span('10.0.0.5', 'b', 30, 31), span('10.0.0.5', 'a', 0, 1)]]]),
      )
      expect(await of('10.0.0.6')).toEqual([span('10.0.0.6', 'c', 0, 0, { origin: 'ptr' })])
      expect(await opened.store.ofAddresses([])).toEqual(new Map())
    })

    test('a sign within a day of a span widens it, a later one begins another, one between joins them', async () => {
      const { writer } = opened
      writer.learn([span('10.0.0.5', 'a', 0, 1)])
      writer.learn([span('10.0.0.5', 'a', 25, 25)])
      expect(await of('10.0.0.5')).toEqual([span('10.0.0.5', 'a', 0, 25)])
      writer.learn([span('10.0.0.5', 'a', 60, 61)])
      expect(await of('10.0.0.5')).toHaveLength(2)
      writer.learn([span('10.0.0.5', 'a', 40, 41)])
      expect(await of('10.0.0.5')).toEqual([span('10.0.0.5', 'a', 0, 61)])
    })

    test('origins, names and demonstration are apart', async () => {
      const spans = [
        span('10.0.0.5', 'a', 0, 1),
        span('10.0.0.5', 'a', 0, 2, { origin: 'ptr' }),
        span('10.0.0.5', 'a', 0, 3, { demo: true }),
      ]
      opened.writer.learn(spans)
      expect(await of('10.0.0.5')).toHaveLength(3)
      opened.writer.removeDemo()
      expect((await of('10.0.0.5')).map(({ demo }) => demo)).toEqual([false, false])
    })

    test('the same signs give the same rows in any order, however often', async () => {
      const signs = fc.array(fc.tuple(fc.constantFrom('a', 'b'), fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 20 })), {
        minLength: 1,
        maxLength: 12,
      })
      let no = 0
      await fc.assert(
        fc.asyncProperty(signs, fc.infiniteStream(fc.nat()), async (made, random) => {
          const at = (address: string) => made.map(([name, from, length]) => span(address, name, from, from + length))
          const [one, two] = [`10.1.${(++no >> 8) & 255}.${no & 255}`, `10.2.${(no >> 8) & 255}.${no & 255}`]
          opened.writer.learn(at(one))
          const shuffled = at(two)
            .map((sign) => ({ sign, by: random.next().value }))
            .toSorted((a, b) => a.by - b.by)
          for (const { sign } of shuffled) opened.writer.learn([sign])
          opened.writer.learn(at(two))
          expect((await of(two)).map((row) => ({ ...row, address: one }))).toEqual(await of(one))
        }),
        { numRuns: 30 },
      )
    })

    test('of one address the newest are kept', async () => {
      const many = Array.from({ length: MAX_SPANS_OF_ADDRESS + 5 }, (_, i) => span('10.0.0.5', `h${i}`, i, i))
      opened.writer.learn(many.toReversed())
      const kept = await of('10.0.0.5')
      expect(kept).toHaveLength(MAX_SPANS_OF_ADDRESS)
      expect(kept.at(-1)?.name).toBe('h5')
    })

    test('in all those seen last are kept', async () => {
      const bounded = open(10)
      bounded.writer.learn(Array.from({ length: 15 }, (_, i) => span(`10.0.1.${i}`, `h${i}`, i, i)))
      const all = await bounded.store.ofAddresses(Array.from({ length: 15 }, (_, i) => `10.0.1.${i}`))
      expect([...all.keys()].toSorted()).toEqual(Array.from({ length: 10 }, (_, i) => `10.0.1.${i + 5}`).toSorted())
      await bounded.close()
    })

    test('names are looked for by a part of them, and no character of it means more', async () => {
      opened.writer.learn([
        span('10.0.0.5', 'laptop-7.corp.example', 0, 1),
        span('10.0.0.6', 'laptop-8', 2, 3),
        span('10.0.0.7', '100%_\\', 0, 0),
        span('10.0.0.8', `'; DROP TABLE "HostName"; --`, 0, SPAN_GAP_MS / HOUR),
      ])
      const { store } = opened
      expect(await store.addressesNamed('laptop', 9)).toEqual(['10.0.0.6', '10.0.0.5'])
      expect(await store.addressesNamed('laptop', 1)).toEqual(['10.0.0.6'])
      expect(await store.addressesNamed('%_', 9)).toEqual(['10.0.0.7'])
      expect(await store.addressesNamed('\\', 9)).toEqual(['10.0.0.7'])
      expect(await store.addressesNamed('drop', 9)).toEqual(['10.0.0.8'])
    })
  })
}
