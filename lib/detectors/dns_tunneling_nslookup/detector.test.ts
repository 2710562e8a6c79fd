import { describe, expect, test } from 'vitest'
import { parseKql } from '@/lib/kql/parse'
import { defaultsOf, type Settings } from '../detector'
import { dnsTunnelingNslookup } from './detector'
import { HARDENED_QUERY, rule, SEED_QUERY } from './rule'
import { NO_LOOKUPS } from './run-over-past'
import { burst, clock, play, processStart, type TestStart } from './testing/play'

const MINUTE = 60_000
const presets = rule.presets ?? []
const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 19)
const create = (settings: Settings = {}, snapshot?: unknown) => dnsTunnelingNslookup.create({ ...defaultsOf(rule), ...settings }, snapshot)

const alarms = (events: readonly ReturnType<typeof processStart>[], settings?: Settings) =>
  play(create(settings), events).map(({ at, hostId, queries }) => [timeOf(at), hostId, queries])

describe('runs every five minutes of event time', () => {
  test('fifteen starts alarm at the next run, fourteen do not', () => {
    expect(alarms(burst(15, '10:01:00'))).toEqual([['10:05:00', 'h1', 15]])
    expect(alarms(burst(14, '10:01:00'))).toEqual([])
  })

  test('counted starts are not counted again, new ones make a second alarm', () => {
    expect(alarms([...burst(15, '10:01:00'), ...burst(14, '10:06:00')])).toEqual([['10:05:00', 'h1', 15]])
    expect(alarms([...burst(15, '10:01:00'), ...burst(15, '10:06:00')])).toEqual([
      ['10:05:00', 'h1', 15],
      ['10:10:00', 'h1', 15],
    ])
  })

  test('a start at the very instant of a run is inside its window', () => {
    const upToRun = [...burst(14, '10:04:00'), processStart({ at: clock('10:05:00') })]
    expect(alarms(upToRun)).toEqual([['10:05:00', 'h1', 15]])
    const justAfter = [...burst(14, '10:04:00'), processStart({ at: clock('10:05:00') + 1 })]
    expect(alarms(justAfter)).toEqual([['10:10:00', 'h1', 15]])
  })

  test('a start nine minutes before a run is inside its window', () => {
    expect(alarms([processStart({ at: clock('10:01:00') }), ...burst(14, '10:06:00')])).toEqual([['10:10:00', 'h1', 15]])
    expect(alarms([processStart({ at: clock('10:01:00') - 1 }), ...burst(14, '10:06:00')])).toEqual([])
  })

  test('starts that name no host are in no group, and an alarm says how many there were', () => {
    expect(alarms(burst(15, '10:01:00', { hostId: null }))).toEqual([])
    const [finding] = play(create(), [...burst(15, '10:01:00'), ...burst(3, '10:02:00', { hostId: null })])
    expect(finding?.evidence.notices).toContainEqual(expect.stringMatching(/^3 further matching starts .* host\.id/))
  })

  test('when told to, it groups starts without host.id by host name', () => {
    const events = [...burst(8, '10:01:00', { hostId: null }), ...burst(7, '10:02:00', { hostId: null, hostName: 'pc7' })]
    expect(play(create({ groupByHostName: 1 }), events)).toMatchObject([{ source: 'pc7', hostId: null, queries: 15 }])
    expect(play(create({ groupByHostName: 1 }), burst(15, '10:01:00', { hostId: null, hostName: null }))).toEqual([])
  })

  test('of 101 hosts 100 alarm with a notice, the last one in the next run', () => {
    const hosts = Array.from({ length: 101 }, (_, index) => `host-${String(index).padStart(3, '0')}`)
    const findings = play(
      create(),
      hosts.flatMap((hostId) => burst(15, '10:01:00', { hostId, hostName: null })),
    )
    expect(findings.map(({ hostId }) => hostId)).toEqual(hosts)
    expect(findings.map(({ at }) => timeOf(at)).filter((time) => time === '10:05:00')).toHaveLength(100)
    expect(timeOf(findings[100]?.at ?? 0)).toBe('10:10:00')
    expect(findings[0]?.evidence.notices).toContainEqual(expect.stringMatching(/^101 hosts were over the threshold/))
    expect(findings[100]?.evidence.notices).toEqual([])
  })

  test('it asks to be woken while starts lie in the look-back, and not before or after', () => {
    const run = create()
    expect(run.wakeAt()).toBeNull()
    const view = { processes: burst(1, '10:01:00'), touched: [], fromMs: clock('10:01:00'), nowMs: clock('10:01:10') }
    run.step({
      ...view,
      view: NO_LOOKUPS,
    })
    expect(timeOf(run.wakeAt() ?? 0)).toBe('10:05:10')
    play(run, [])
    expect(run.wakeAt()).toBeNull()
  })
})

describe('the query', () => {
  test.each<[string, Partial<TestStart>, boolean, boolean]>([
    ['as written', {}, true, true],
    ['another program', { name: 'dig.exe' }, false, false],
    ['no query type', { args: ['nslookup.exe', 'a.x.example'] }, false, false],
    ['upper-case name', { name: 'NSLOOKUP.EXE' }, false, true],
    ['upper-case option', { args: ['nslookup.exe', '-Q=TXT', 'a.x.example'] }, false, true],
    ['-query=', { args: ['nslookup.exe', '-query=txt', 'a.x.example'] }, false, true],
    ['/q=', { args: ['nslookup.exe', '/q=txt', 'a.x.example'] }, false, true],
  ])('%s', (_, start, strict, hardened) => {
    const events = burst(15, '10:01:00', start)
    expect(alarms(events)).toHaveLength(strict ? 1 : 0)
    expect(alarms(events, { hardenedQuery: 1, caseSensitive: 0 })).toHaveLength(hardened ? 1 : 0)
  })

  test('hardened, it reads the command line when there are no arguments, and sees a renamed copy', () => {
    const withoutArgs = burst(15, '10:01:00').map((event) => ({
      ...event,
      process: { ...event.process, args: [], commandLine: 'nslookup -q=txt a.x.example' },
    }))
    const renamed = burst(15, '10:01:00').map((event) => ({ ...event, process: { ...event.process, name: 'n.exe' } }))
    for (const events of [withoutArgs, renamed]) {
      expect(alarms(events)).toEqual([])
      expect(alarms(events, { hardenedQuery: 1, caseSensitive: 0 })).toHaveLength(1)
    }
  })

  test('both queries and all presets are valid', () => {
    expect(parseKql(SEED_QUERY)).toMatchObject({ kind: 'and' })
    expect(parseKql(HARDENED_QUERY)).toMatchObject({ kind: 'and' })
    const bounds = new Map(rule.parameters.map((parameter) => [parameter.id, parameter]))
    for (const { settings } of presets) {
      for (const [id, value] of Object.entries(settings)) {
        const { min, max } = bounds.get(id) ?? { min: Number.NaN, max: Number.NaN }
        expect(value >= min && value <= max).toBe(true)
      }
    }
  })

  test('the preset of 2026 alarms on ten in five minutes', () => {
    const settings = presets.find(({ id }) => id === 'upstream-2026')?.settings ?? {}
    expect(alarms(burst(10, '10:01:00'), settings)).toHaveLength(1)
    expect(alarms(burst(9, '10:01:00'), settings)).toEqual([])
  })
})

test('a state that is not its own is refused', () => {
  expect(() => create({}, { nextRunAt: 'soon' })).toThrow(/nextRunAt/)
})

test('hours of paced starts, fourteen in each nine minutes, never alarm', () => {
  const events = Array.from({ length: 300 }, (_, index) =>
    processStart({ id: index, at: clock('00:00:00') + Math.ceil((index * 9 * MINUTE) / 13.5) }),
  )
  expect(alarms(events)).toEqual([])
})
