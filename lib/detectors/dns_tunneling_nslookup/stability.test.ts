import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { defaultsOf, type Settings } from '../detector'
import { dnsTunnelingNslookup } from './detector'
import { rule } from './rule'
import { NO_LOOKUPS } from './run-over-past'
import { MAX_KEPT_PER_HOST } from './start-memory'
import { clock, play, processStart } from './testing/play'

const create = (settings: Settings = {}, snapshot?: unknown) => dnsTunnelingNslookup.create({ ...defaultsOf(rule), ...settings }, snapshot)

describe('bounded memory', () => {
  test('a flood of one host keeps some starts, counts all, and says so', () => {
    const events = Array.from({ length: 5_000 }, (_, index) => processStart({ id: index, at: clock('10:01:00') + index * 20 }))
    const run = create()
    const [finding] = play(run, events)
    expect(finding?.queries).toBe(5_000)
    expect(finding?.evidence.processStarts).toHaveLength(MAX_KEPT_PER_HOST)
    expect(finding?.evidence.notices).toContainEqual(expect.stringMatching(/^1000 of 5000 starts are kept/))
  })

  test('a flood of hosts and long command lines leaves a state of bounded size', () => {
    const events = Array.from({ length: 12_000 }, (_, index) =>
      processStart({ id: index, at: clock('10:01:00') + index, hostId: `h${index}`, args: ['nslookup.exe', '-q=txt', 'x'.repeat(2_000)] }),
    )
    const run = create()
    const view = NO_LOOKUPS
    run.step({ processes: events, touched: [], fromMs: clock('10:01:00'), nowMs: clock('10:02:00'), view })
    expect(JSON.stringify(run.snapshot()).length).toBeLessThan(40_000_000)
    play(run, [])
    expect(JSON.stringify(run.snapshot()).length).toBeLessThan(2_000)
  })
})

describe('the same events give the same findings', () => {
  const anyEvents = fc
    .array(
      fc.record({
        second: fc.integer({ min: 0, max: 30 * 60 }),
        host: fc.constantFrom('h1', 'h2', null),
        parent: fc.constantFrom('powershell.exe', 'cmd.exe'),
        name: fc.constantFrom('nslookup.exe', 'nslookup.exe', 'nslookup.exe', 'powershell.exe'),
      }),
      { minLength: 20, maxLength: 120 },
    )
    .map((starts) =>
      starts.map(({ second, host, parent, name }, id) =>
        processStart({
          id,
          at: clock('10:00:00') + second * 1_000,
          hostId: host,
          name,
          pid: id % 7,
          parent: { name: parent, pid: id % 5 },
        }),
      ),
    )
  const low = { threshold: 5 }

  test('wherever the steps are cut', () => {
    const ends = fc.array(fc.integer({ min: 1, max: 60 * 60 }), { maxLength: 40 })
    fc.assert(
      fc.property(anyEvents, ends, (events, seconds) => {
        const cuts = [...new Set(seconds)].toSorted((left, right) => left - right).map((second) => clock('10:00:00') + second * 1_000)
        expect(play(create(low), events, cuts)).toEqual(play(create(low), events))
      }),
      { numRuns: 60 },
    )
  })

  test('after being saved as JSON and restored at any step', () => {
    fc.assert(
      fc.property(anyEvents, fc.integer({ min: 0, max: 40 * 60 }), (events, second) => {
        const cut = clock('10:00:00') + second * 1_000
        const before = create(low)
        const first = play(
          { ...wrapped(before), wakeAt: () => null },
          events.filter(({ at }) => at < cut),
          [cut],
        )
        const after = create(low, JSON.parse(JSON.stringify(before.snapshot())))
        const rest = play(
          after,
          events.filter(({ at }) => at >= cut),
        )
        expect([...first, ...rest]).toEqual(play(create(low), events))
      }),
      { numRuns: 60 },
    )
  })
})

/** The run without its wakes, so that it stops in the middle. */
function wrapped(run: ReturnType<typeof create>) {
  return { step: run.step.bind(run), snapshot: run.snapshot.bind(run) }
}
