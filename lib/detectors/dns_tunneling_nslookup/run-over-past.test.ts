import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultsOf } from '../detector'
import { dnsTunnelingNslookup } from './detector'
import { rule } from './rule'
import { runOverPast } from './run-over-past'
import { burst, clock, play, processStart } from './testing/play'

const MINUTE = 60_000
const time = (at: number): string => new Date(at).toISOString().slice(11, 16)
const past = (events: Parameters<typeof runOverPast>[0], from: string, to: string, settings = {}) => {
  const { executions, findings } = runOverPast(events, { fromMs: clock(from), toMs: clock(to) }, settings)
  return { executions, alarms: findings.map(({ at, queries }) => [time(at), queries]) }
}

describe('a manual run over the past', () => {
  test('executes at every scheduled instant of the range, both ends included', () => {
    // 10:00, 10:05, … 11:00.
    expect(past(burst(15, '10:01:00'), '10:00:00', '11:00:00')).toEqual({ executions: 13, alarms: [['10:05', 15]] })
    expect(past(burst(15, '10:01:00'), '10:01:00', '10:04:59')).toEqual({ executions: 0, alarms: [] })
  })

  test('looks back to before the range, and counts what an earlier run would have taken', () => {
    // The run at 10:10 looks back to 10:01, both ends included.
    expect(past(burst(15, '10:01:00'), '10:06:00', '10:10:00')).toEqual({ executions: 1, alarms: [['10:10', 15]] })
    expect(past(burst(15, '10:00:50'), '10:06:00', '10:10:00')).toEqual({ executions: 1, alarms: [] })
  })

  test('sees nothing after the range', () => {
    expect(past(burst(15, '10:04:55'), '10:00:00', '10:05:00').alarms).toEqual([])
    expect(past(burst(15, '10:04:46'), '10:00:00', '10:05:00').alarms).toEqual([['10:05', 15]])
  })

  test('takes events in any order, other settings and exceptions', () => {
    const events = burst(10, '10:01:00').toReversed()
    expect(past(events, '10:00:00', '10:10:00').alarms).toEqual([])
    expect(past(events, '10:00:00', '10:10:00', { threshold: 10, runEveryMinutes: 1 }).alarms).toEqual([['10:02', 10]])
    const range = { fromMs: clock('10:00:00'), toMs: clock('10:10:00') }
    expect(runOverPast(burst(15, '10:01:00'), range, {}, [{ kql: 'host.id: h1', expiresAt: null }]).findings).toEqual([])
  })

  test('over everything it finds what the rule found while it ran', () => {
    const starts = fc.array(fc.record({ minute: fc.integer({ min: 0, max: 180 }), host: fc.constantFrom('a', 'b') }), { maxLength: 120 })
    fc.assert(
      fc.property(starts, (made) => {
        const events = made.map(({ minute, host }, id) => processStart({ id, at: clock('06:00:01') + minute * MINUTE, hostId: host }))
        const live = play(dnsTunnelingNslookup.create(defaultsOf(rule)), events)
        const { findings } = runOverPast(events, { fromMs: clock('06:00:00'), toMs: clock('10:00:00') })
        expect(findings).toEqual(live)
      }),
      { numRuns: 60 },
    )
  })
})

describe('missed runs are run', () => {
  test('a process that stopped for three hours counts, run by run, what was logged meanwhile', () => {
    const before = burst(15, '10:01:00')
    const meanwhile = [...burst(15, '11:31:00', { id: 100 }), ...burst(15, '12:16:00', { id: 200 })]
    const after = burst(15, '13:01:00', { id: 300 })
    const first = dnsTunnelingNslookup.create(defaultsOf(rule))
    const early = play(first, before, [clock('10:02:00')])
    const state = JSON.parse(JSON.stringify(first.snapshot()))
    const late = play(dnsTunnelingNslookup.create(defaultsOf(rule), state), [...meanwhile, ...after])
    expect([...early, ...late].map(({ at, queries }) => [time(at), queries])).toEqual([
      ['10:05', 15],
      ['11:35', 15],
      ['12:20', 15],
      ['13:05', 15],
    ])
  })

  test('runs further apart than they look back say what they leave out', () => {
    const { findings } = runOverPast(
      burst(15, '10:58:00'),
      { fromMs: clock('10:00:00'), toMs: clock('12:00:00') },
      { runEveryMinutes: 60, windowMinutes: 9 },
    )
    expect(findings[0]?.evidence.notices.join()).toMatch(/51 minutes of each pause/)
  })
})
