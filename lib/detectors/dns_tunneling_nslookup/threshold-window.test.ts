import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { kqlPredicate } from '@/lib/kql/compile'
import { jsonDocument } from '@/lib/kql/json-document'
import { windowsOfRun } from './rule-schedule'
import { type Counted, runThreshold, type SignalHistory } from './threshold-window'

const MINUTE = 60_000
const LOOK_BACK = 9 * MINUTE
const LIMITS = { threshold: 15, maxHits: 100 }

/** `10:01:30` on 2026-01-10, epoch ms. */
const clock = (time: string): number => Date.parse(`2026-01-10T${time}Z`)

/** `count` events of one host, evenly from one time to another, both included. */
function burst(count: number, from: string, to: string, group = 'h1'): Counted[] {
  const [first, last] = [clock(from), clock(to)]
  const step = count > 1 ? (last - first) / (count - 1) : 0
  return Array.from({ length: count }, (_, index) => ({ group, at: Math.round(first + index * step), weight: 1 }))
}

/** Runs the rule at the given times; an event is there from `arrives` on (its own time unless said otherwise). */
function alarms(events: readonly (Counted & { readonly arrives?: number })[], runs: readonly string[]) {
  let history: SignalHistory = new Map()
  return runs.map((time) => {
    const toMs = clock(time)
    const present = events.filter(({ at, arrives = at }) => arrives <= toMs)
    const result = runThreshold(present, { fromMs: toMs - LOOK_BACK, toMs }, history, LIMITS)
    history = result.history
    return result
  })
}

const counts = (events: readonly Counted[], runs: readonly string[]) =>
  alarms(events, runs).map(({ hits }) => hits.map(({ count }) => count))

const FIRST = burst(15, '10:00:00', '10:01:00')
const SECOND = burst(14, '10:03:00', '10:03:30')

describe('a threshold rule of 15 in 9 minutes', () => {
  test('1: fifteen in a minute are one alarm, from the first to the last of them', () => {
    const [run] = alarms(FIRST, ['10:02:00'])
    expect(run?.hits).toMatchObject([{ group: 'h1', count: 15, firstAt: clock('10:00:00'), lastAt: clock('10:01:00') }])
  })

  test('2: what has been counted is not counted again', () => {
    expect(counts(FIRST, ['10:02:00', '10:07:00'])).toEqual([[15], []])
  })

  test('3: fourteen new ones are not enough', () => {
    expect(counts([...FIRST, ...SECOND], ['10:02:00', '10:07:00'])).toEqual([[15], []])
  })

  test('4: one more makes them a second alarm', () => {
    const events = [...FIRST, ...SECOND, ...burst(1, '10:08:00', '10:08:00')]
    expect(counts(events, ['10:02:00', '10:07:00', '10:12:00'])).toEqual([[15], [], [15]])
  })

  test('5: the alarm counts all of them, not the threshold', () => {
    expect(counts(burst(20, '10:00:00', '10:01:00'), ['10:02:00'])).toEqual([[20]])
  })

  test('6: fourteen in each nine minutes never alarm', () => {
    const paced = Array.from({ length: 200 }, (_, index) => ({
      group: 'h1',
      at: clock('00:00:00') + Math.ceil((index * LOOK_BACK) / 13.5),
      weight: 1,
    }))
    const runs = Array.from({ length: 40 }, (_, index) => new Date(clock('00:00:00') + index * 5 * MINUTE).toISOString().slice(11, 19))
    expect(counts(paced, runs).flat()).toEqual([])
  })

  test('7: fifteen spread over ten minutes fall through between the windows', () => {
    const events = burst(15, '10:00:30', '10:10:30')
    expect(counts(events, ['10:00:00', '10:05:00', '10:10:00', '10:15:00', '10:20:00']).flat()).toEqual([])
  })

  test('8: hosts are counted apart', () => {
    const events = [...burst(8, '10:00:00', '10:01:00', 'h1'), ...burst(7, '10:00:00', '10:01:00', 'h2')]
    expect(counts(events, ['10:02:00', '10:07:00'])).toEqual([[], []])
  })

  test('9: an event that arrives late, older than the last alarm, is lost', () => {
    const late = { group: 'h1', at: clock('10:00:30'), weight: 1, arrives: clock('10:03:00') }
    expect(counts([...FIRST, late, ...SECOND], ['10:02:00', '10:07:00'])).toEqual([[15], []])
  })

  test('10: of 101 hosts the 100 lowest alarm, the last one in the next run', () => {
    const hosts = Array.from({ length: 101 }, (_, index) => `host-${String(index).padStart(3, '0')}`)
    const [first, second] = alarms(
      hosts.flatMap((host) => burst(15, '10:00:00', '10:01:00', host)),
      ['10:02:00', '10:07:00'],
    )
    expect(first?.hits.map(({ group }) => group)).toEqual(hosts.slice(0, 100))
    expect(first?.cut).toEqual(['host-100'])
    expect(second?.hits.map(({ group }) => group)).toEqual(['host-100'])
  })

  test('12: an exception removes events before they are counted', () => {
    const matches = kqlPredicate('process.name:nslookup.exe and not process.args:allowed.example', { caseSensitive: true })
    const events = FIRST.map((event, index) => ({ ...event, target: index === 7 ? 'allowed.example' : `n${index}.example` }))
    const counted = events.filter(({ target }) =>
      matches(jsonDocument({ process: { name: 'nslookup.exe', args: ['nslookup.exe', target] } }), 0),
    )
    expect(counted).toHaveLength(14)
    expect(counts(counted, ['10:02:00'])).toEqual([[]])
  })
})

test('both ends of the window are inside it', () => {
  const at = (time: string) => burst(1, time, time)
  const edges = [...at('10:01:00'), ...burst(13, '10:05:00', '10:06:00'), ...at('10:10:00')]
  expect(counts(edges, ['10:10:00'])).toEqual([[15]])
  expect(counts([...at('10:00:59'), ...edges.slice(1)], ['10:10:00'])).toEqual([[]])
  expect(counts([...edges.slice(0, -1), ...at('10:10:01')], ['10:10:00'])).toEqual([[]])
})

test('no event is ever part of two alarms while both fit into the look-back', () => {
  const times = fc.array(fc.integer({ min: 0, max: 40 * 60 }), { maxLength: 200 })
  fc.assert(
    fc.property(times, (seconds) => {
      // One millisecond off the runs, so that no event stands exactly on the edge of the memory.
      const events = seconds.map((second, index) => ({ group: 'h1', at: clock('10:00:00') + second * 1000 + 1, weight: 1, index }))
      const seen = new Set<number>()
      let history: SignalHistory = new Map()
      for (let toMs = clock('10:00:00'); toMs <= clock('10:50:00'); toMs += 5 * MINUTE) {
        const result = runThreshold(events, { fromMs: toMs - LOOK_BACK, toMs }, history, LIMITS)
        history = result.history
        for (const { index } of result.hits.flatMap(({ counted }) => counted)) {
          expect(seen.has(index)).toBe(false)
          seen.add(index)
        }
      }
    }),
  )
})

describe('windows of a run every 5 minutes that looks back 9', () => {
  const schedule = { intervalMs: 5 * MINUTE, lookBackMs: 9 * MINUTE }
  const windows = (startedAt: string, previous: string | null) =>
    windowsOfRun(clock(startedAt), previous === null ? null : clock(previous), schedule)
  const ends = (run: ReturnType<typeof windows>) => run.windows.map(({ toMs }) => new Date(toMs).toISOString().slice(11, 16))

  test('the first run looks at one window', () => {
    expect(windows('10:10:00', null)).toEqual({ windows: [{ fromMs: clock('10:01:00'), toMs: clock('10:10:00') }], gap: null })
  })

  test('on time, neighbouring windows overlap by four minutes', () => {
    expect(ends(windows('10:10:00', '10:05:00'))).toEqual(['10:10'])
  })

  test('twelve minutes between starts are made up for by one more window', () => {
    const run = windows('10:12:00', '10:00:00')
    expect(ends(run)).toEqual(['10:07', '10:12'])
    expect(run.gap).toBeNull()
  })

  test('after an hour four windows are made up for and 31 minutes are a gap', () => {
    const run = windows('11:00:00', '10:00:00')
    expect(ends(run)).toEqual(['10:40', '10:45', '10:50', '10:55', '11:00'])
    expect(run.gap).toEqual({ fromMs: clock('10:00:00'), toMs: clock('10:31:00') })
  })
})
