import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { evidenceSchema } from '@/lib/domain/evidence'
import { parseKql } from '@/lib/kql/parse'
import { defaultsOf, type Settings } from '../detector'
import { dnsTunnelingNslookup } from './detector'
import { HARDENED_QUERY, presets, rule, SEED_QUERY } from './rule'
import { MAX_KEPT_PER_HOST } from './start-memory'
import { play, processStart, type TestStart } from './testing/play'

const MINUTE = 60_000
const clock = (time: string): number => Date.parse(`2026-01-10T${time}Z`)
const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 19)
const create = (settings: Settings = {}, snapshot?: unknown) => dnsTunnelingNslookup.create({ ...defaultsOf(rule), ...settings }, snapshot)

/** `count` starts a second apart. */
const burst = (count: number, from: string, start: Partial<TestStart> = {}) =>
  Array.from({ length: count }, (_, index) => processStart({ id: index, ...start, at: clock(from) + index * 1_000 }))

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
      view: {
        pair: () => null,
        zone: () => null,
        sourcesOf: () => [],
        pairs: () => [],
        zones: () => [],
        minutes: () => [],
        totals: () => ({ sources: 0, queries: 0 }),
      },
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

const HEX_LABELS = Array.from(
  { length: 17 },
  (_, index) => `${(index * 7919 + 65_537).toString(16)}f4e1b99d2c7a60${index.toString(16)}x${index}`,
)
const channel = (start: Partial<TestStart> = {}) =>
  HEX_LABELS.map((label, index) =>
    processStart({
      ...start,
      id: index,
      at: clock('10:01:00') + index * 9_000,
      args: ['nslookup.exe', '-querytype=TXT', `${label}.x.example`],
    }),
  )

describe('a finding', () => {
  const [finding] = play(create(), channel())

  test('says in one sentence what happened', () => {
    expect(finding?.summary).toBe(
      '17 nslookup.exe starts with an explicit query type on PC7 in 9 minutes, threshold 15; 17 different names under x.example; started by powershell.exe',
    )
    expect(finding).toMatchObject({ zone: 'x.example', source: 'pc7', hostId: 'h1', hostName: 'PC7', userName: 'alice', distinctNames: 17 })
    expect(finding).toMatchObject({ firstSeenAt: clock('10:01:00'), lastSeenAt: clock('10:03:24'), severity: 'medium', risk: 47 })
  })

  test('has a score that is the sum of its terms and not below the rule', () => {
    expect(finding?.scoreTerms.map(({ id, points }) => [id, points])).toEqual([
      ['rule', 47],
      ['volume', 1],
      ['distinct-targets', 5],
      ['unreadable', 15],
      ['data-types', 8],
      ['script-parent', 8],
    ])
    expect(finding?.score).toBe(84)
  })

  test('claims techniques with the fact that shows them', () => {
    expect(finding?.techniques.map(({ id }) => id)).toEqual(['T1071.004', 'T1071', 'T1059.001', 'T1572'])
    expect(finding?.techniques.every(({ id }) => rule.techniques.includes(id))).toBe(true)
    const [readable] = play(
      create(),
      burst(15, '10:01:00', { args: ['nslookup.exe', '-q=mx', 'mail.partner.example'], parent: { name: 'services.exe' } }),
    )
    expect(readable?.techniques.map(({ id }) => id)).toEqual(['T1071.004', 'T1071'])
    expect(readable?.scoreTerms.reduce((sum, { points }) => sum + points, 0)).toBe(readable?.score)
    expect(readable?.score).toBe(47)
  })

  test.each<[string, string | null, string | null]>([
    ['cmd.exe', null, 'T1059.003'],
    ['pwsh.exe', null, 'T1059.001'],
    ['WSCRIPT.EXE', 'wscript.exe C:\\t\\run.vbs', 'T1059.005'],
    ['cscript.exe', 'cscript.exe C:\\t\\run.js', 'T1059'],
    ['WINWORD.EXE', null, 'T1059'],
    ['monitor.exe', null, null],
  ])('a parent %s (%s) shows %s', (name, commandLine, technique) => {
    const [result] = play(
      create(),
      burst(15, '10:01:00', { args: ['nslookup.exe', '-q=mx', 'mail.partner.example'], parent: { name, commandLine } }),
    )
    expect(result?.techniques.map(({ id }) => id).filter((id) => id.startsWith('T1059'))).toEqual(technique === null ? [] : [technique])
  })

  test('keeps the starts, a minute profile and judged samples, in the shape that is stored', () => {
    expect(evidenceSchema.safeParse(finding?.evidence).success).toBe(true)
    expect(finding?.evidence.processStarts).toHaveLength(17)
    expect(finding?.evidence.processStarts[0]).toMatchObject({
      at: clock('10:01:00'),
      eventId: 0,
      queryType: 'TXT',
      target: `${HEX_LABELS[0]}.x.example`,
      server: null,
      parentName: 'powershell.exe',
      user: 'CORP\\alice',
    })
    expect(finding?.evidence.minutes.map(({ at, queries }) => [timeOf(at), queries])).toEqual([
      ['10:01:00', 7],
      ['10:02:00', 7],
      ['10:03:00', 3],
    ])
    expect(finding?.evidence.samples).toHaveLength(17)
    expect(finding?.evidence.samples.every(({ unreadable, qtype }) => unreadable && qtype === 'TXT')).toBe(true)
    expect(finding?.evidence.metrics).toContainEqual(expect.objectContaining({ id: 'starts', value: 17, threshold: 15 }))
  })

  test('has no zone when the names do not agree on one', () => {
    const stray = processStart({ id: 99, at: clock('10:02:00'), args: ['nslookup.exe', '-q=mx', 'partner.example'] })
    const [mixed] = play(create(), [...channel(), stray])
    expect(mixed?.zone).toBeNull()
    expect(mixed?.summary).toContain('18 different names, 17 of them under x.example')
  })

  test('names the server that was asked directly, and starts that name no host', () => {
    const direct = burst(15, '10:01:00', { args: ['nslookup.exe', '-q=txt', 'a.x.example', '192.0.2.53'] })
    const interactive = processStart({ id: 99, at: clock('10:02:00'), args: ['nslookup.exe', '-q=txt'] })
    const [result] = play(create(), [...direct, interactive])
    expect(result?.evidence.processStarts[0]?.server).toBe('192.0.2.53')
    expect(result?.scoreTerms.find(({ id }) => id === 'direct-server')?.value).toBeCloseTo(15 / 16)
    expect(result?.evidence.notices).toContainEqual(expect.stringMatching(/^1 starts name no host/))
    expect(result?.zone).toBe('x.example')
  })
})

describe('the process tree', () => {
  test('groups the starts below their parents, and knows who started the script host', () => {
    const word = { name: 'WINWORD.EXE', pid: 700, entityId: 'word' }
    const shell = processStart({
      at: clock('10:00:30'),
      name: 'powershell.exe',
      args: ['powershell.exe'],
      pid: 900,
      entityId: 'ps',
      parent: word,
    })
    const byHand = processStart({
      id: 99,
      at: clock('10:02:00'),
      args: ['nslookup.exe', '-q=mx', 'x.example'],
      parent: { name: 'cmd.exe', pid: 800, entityId: 'cmd' },
    })
    const [finding] = play(create(), [shell, ...channel(), byHand])
    expect(finding?.evidence.processTree.map(({ depth, name, starts, pid }) => [depth, name, starts, pid])).toEqual([
      [0, 'WINWORD.EXE', 17, 700],
      [1, 'powershell.exe', 17, 900],
      [2, 'nslookup.exe', 17, null],
      [0, 'cmd.exe', 1, 800],
      [1, 'nslookup.exe', 1, 4242],
    ])
  })

  test('ends where a process id leads back to itself', () => {
    const loop = { name: 'cmd.exe', pid: 5, entityId: null }
    const shell = processStart({ at: clock('10:00:30'), name: 'cmd.exe', args: ['cmd.exe'], pid: 5, parent: loop })
    const [finding] = play(create(), [shell, ...burst(15, '10:01:00', { parent: loop })])
    expect(finding?.evidence.processTree.map(({ name }) => name)).toEqual(['cmd.exe', 'cmd.exe', 'nslookup.exe'])
  })
})

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
    const view = {
      pair: () => null,
      zone: () => null,
      sourcesOf: () => [],
      pairs: () => [],
      zones: () => [],
      minutes: () => [],
      totals: () => ({ sources: 0, queries: 0 }),
    }
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

test('a state that is not its own is refused', () => {
  expect(() => create({}, { nextRunAt: 'soon' })).toThrow(/nextRunAt/)
})

test('hours of paced starts, fourteen in each nine minutes, never alarm', () => {
  const events = Array.from({ length: 300 }, (_, index) =>
    processStart({ id: index, at: clock('00:00:00') + Math.ceil((index * 9 * MINUTE) / 13.5) }),
  )
  expect(alarms(events)).toEqual([])
})
