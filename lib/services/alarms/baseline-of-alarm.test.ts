import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type BaselinePiece, quantileOf, weightOf } from '@/lib/domain/network-baseline'
import { DAY, draft, HOUR, intake, lookup, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { baselineOfAlarm } from './baseline-of-alarm'
import { closeAlarm } from './close-alarm'

const MINUTE = 60_000
let temporary: TemporaryContext

beforeEach(() => {
  temporary = temporaryContext()
  temporary.stores.alarmSink.upsert(
    [
      draft({ id: 'ALM-1', firstSeenAt: NOON + MINUTE, lastSeenAt: NOON + 2 * MINUTE }),
      draft({ id: 'ALM-ZONE', source: null, firstSeenAt: NOON, lastSeenAt: NOON }),
      draft({ id: 'ALM-LONG', firstSeenAt: NOON, lastSeenAt: NOON + 40 * DAY }),
    ],
    NOON,
  )
  temporary.stores.intakes.save(intake({ id: 'I' }))
})
afterEach(() => temporary.dispose())

const all = async (alarmId: string): Promise<readonly BaselinePiece[]> => {
  const pieces: BaselinePiece[] = []
  let cursor: string | null = null
  do {
    const piece: BaselinePiece = await baselineOfAlarm(temporary.as('analyst'), { alarmId, cursor })
    pieces.push(piece)
    cursor = piece.nextCursor
  } while (cursor !== null)
  return pieces
}

describe('the network an alarm is compared with', () => {
  it('is every other zone, minute by minute and source by source, in the hours of the alarm', async () => {
    temporary.stores.events.append(
      [
        // In minute 0 one source asks shop.example for two names of 3 and 5 bytes; another one asks it once.
        lookup({ id: 1, at: NOON, qname: 'www.shop.example', qtype: 'A', source: '10.0.0.7' }),
        lookup({ id: 2, at: NOON + 1, qname: 'image.shop.example', qtype: 'A', source: '10.0.0.7' }),
        lookup({ id: 3, at: NOON + 2, qname: 'image.shop.example', qtype: 'TXT', source: '10.0.0.7' }),
        lookup({ id: 4, at: NOON + 3, qname: 'www.shop.example', qtype: 'A', source: '10.0.0.8' }),
        // The alarm's own zone, an hour too early, and a log of a resolver's own lookups.
        lookup({ id: 5, at: NOON + 4, qname: 'a.t.example', source: '10.0.0.5' }),
        lookup({ id: 6, at: NOON - 1, qname: 'www.early.example', source: '10.0.0.7' }),
        lookup({ id: 7, at: NOON + 5, qname: 'www.up.example', source: '10.0.0.7', scope: 'upstream' }),
      ],
      'I',
    )
    const [piece] = await all('ALM-1')
    expect(piece).toMatchObject({
      range: { from: NOON, to: NOON + HOUR },
      lookups: 4,
      minutesRead: 60,
      minutesOf: 60,
      minutesPlanned: 60,
      nextCursor: null,
    })
    expect(piece?.bands.map(({ at }) => at)).toEqual([NOON])
    const values = piece?.bands[0]?.values
    if (values === undefined) throw new Error('no band')
    expect(weightOf(values.queries)).toBe(2)
    expect([quantileOf('queries', values.queries, 0.5), quantileOf('queries', values.queries, 1)]).toEqual([1, 3])
    expect(quantileOf('length', values.length, 1)).toBe(4)
    expect(quantileOf('otherTypes', values.otherTypes, 1)).toBeCloseTo(1 / 3, 1)

    const [whole] = await all('ALM-ZONE')
    expect(whole?.bands.map(({ values: { queries } }) => queries)).toEqual([[[32, 1]]])
  })

  it('leaves out zones under other alarms that stand in those hours, not those hidden or closed as harmless', async () => {
    const at = { firstSeenAt: NOON, lastSeenAt: NOON + MINUTE }
    temporary.stores.alarmSink.upsert(
      [
        draft({ id: 'ALM-2', zone: 'second.example', ...at }),
        draft({ id: 'ALM-CDN', zone: 'cdn.example', ...at }),
        draft({ id: 'ALM-TEST', zone: 'test.example', ...at }),
        draft({ id: 'ALM-PAST', zone: 'past.example', firstSeenAt: NOON - DAY, lastSeenAt: NOON - DAY }),
      ],
      NOON,
    )
    const close = (alarmId: string, reason: 'authorised-test' | 'benign-positive') =>
      closeAlarm(temporary.as('analyst'), { alarmId, expectedVersion: 1, reason, family: null, note: null, allowlist: null })
    await close('ALM-CDN', 'benign-positive')
    await close('ALM-TEST', 'authorised-test')
    temporary.stores.events.append(
      ['second', 'cdn', 'test', 'past', 'plain'].map((zone, id) => lookup({ id, at: NOON + id, qname: `www.${zone}.example` })),
      'I',
    )
    const [piece] = await all('ALM-1')
    expect(piece?.lookups).toBe(3)
  })

  it('is a sample of at most 240 minutes spread over a long alarm, in pieces that add up', async () => {
    const minutes = Array.from({ length: 40 * 24 }, (_, hour) => NOON + hour * HOUR)
    temporary.stores.events.append(
      minutes.map((at, id) => lookup({ id, at, qname: 'www.shop.example', source: '10.0.0.7' })),
      'I',
    )
    const pieces = await all('ALM-LONG')
    expect(pieces.at(-1)).toMatchObject({ minutesRead: 240, minutesPlanned: 240, minutesOf: (40 * 24 + 1) * 60, nextCursor: null })
    const lookups = pieces.reduce((sum, piece) => sum + piece.lookups, 0)
    // One minute of each hour holds a lookup, so a spread sample meets about 240 / 60 of them.
    expect(lookups).toBeGreaterThanOrEqual(2)
    expect(lookups).toBeLessThanOrEqual(8)
  })

  it('is empty, not an error, where retention removed the events, and starts afresh at a cursor that is none', async () => {
    expect(await baselineOfAlarm(temporary.as('analyst'), { alarmId: 'ALM-1', cursor: "1'; --" })).toMatchObject({
      bands: [],
      lookups: 0,
      minutesRead: 60,
      nextCursor: null,
    })
  })
})
