import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, draft, HOUR, intake, lookup, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { addNote } from './add-note'
import { timelineOfAlarm } from './timeline-of-alarm'

let temporary: TemporaryContext

beforeEach(() => {
  temporary = temporaryContext()
  temporary.stores.alarmSink.upsert(
    [
      draft({ id: 'ALM-1', firstSeenAt: NOON, lastSeenAt: NOON + HOUR }),
      draft({ id: 'ALM-2', zone: 'other.example', source: '10.0.0.5', firstSeenAt: NOON, lastSeenAt: NOON }),
      draft({ id: 'ALM-3', zone: null, source: null, hostId: 'none', firstSeenAt: NOON, lastSeenAt: NOON + 40 * DAY }),
    ],
    NOON,
  )
  temporary.stores.intakes.save(intake({ id: 'I' }))
})

afterEach(() => temporary.dispose())

describe('the time around an alarm', () => {
  it('counts lookups of the zone and of the source by the hour, 48 hours either side', async () => {
    const at = (ms: number, id: number, fields = {}) => lookup({ id, at: NOON + ms, qname: 'a.t.example', source: '10.0.0.9', ...fields })
    temporary.stores.events.append(
      [
        at(-49 * HOUR, 1),
        at(-48 * HOUR, 2),
        at(10, 3),
        at(20, 4, { source: '10.0.0.5' }),
        at(30, 5, { qname: 'www.example.org', source: '10.0.0.5' }),
        at(49 * HOUR, 6),
      ],
      'I',
    )
    const timeline = await timelineOfAlarm(temporary.as('manager'), { alarmId: 'ALM-1' })
    expect([timeline.fromMs, timeline.toMs, timeline.stepMs]).toEqual([NOON - 48 * HOUR, NOON + 49 * HOUR, HOUR])
    expect(timeline.ofZone).toEqual({
      buckets: [
        { at: NOON - 48 * HOUR, count: 1 },
        { at: NOON, count: 2 },
      ],
      countedFrom: NOON - 48 * HOUR,
    })
    expect(timeline.bySource?.buckets).toEqual([{ at: NOON, count: 2 }])
  })

  it('tells what people did on this alarm and on those related to it', async () => {
    await addNote(temporary.as('analyst', 'Ana'), { alarmId: 'ALM-2', text: 'seen' })
    const { decisions } = await timelineOfAlarm(temporary.as('analyst'), { alarmId: 'ALM-1' })
    expect(decisions).toEqual([{ at: NOON, alarmId: 'ALM-2', action: 'noted', byName: 'Ana', detail: null }])
  })

  it('widens the step of a long alarm, and has no lane where there is nothing to count by', async () => {
    const timeline = await timelineOfAlarm(temporary.as('analyst'), { alarmId: 'ALM-3' })
    expect([timeline.ofZone, timeline.bySource, timeline.processStarts]).toEqual([null, null, []])
    expect((timeline.toMs - timeline.fromMs) / timeline.stepMs).toBeLessThanOrEqual(240)
  })
})
