import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'

const fixture = readFileSync(new URL('./fixtures/events.ndjson', import.meta.url), 'utf8')
const log = await readWhole(fixture)

describe('Winlogbeat documents with raw event data', () => {
  test('accounts for every event', () => {
    expect(log.records).toBe(7)
    expect(log.skipped).toEqual({ 'other-event': 1 })
    expect([log.lookups.length, log.starts.length, log.rejects.length]).toEqual([3, 2, 0])
  })

  test('4688: hexadecimal ids, ProcessId is the parent, the time of writing not of shipping, "-" is nobody', () => {
    expect(log.starts[0]).toMatchObject({
      at: Date.UTC(2026, 10, 21, 18, 8, 37, 151),
      hostName: 'PC7',
      user: { name: 'alice', domain: 'CORP', id: 'S-1-5-21-1' },
      process: {
        name: 'nslookup.exe',
        pid: 4556,
        args: ['C:\\Windows\\system32\\nslookup.exe', '-querytype=txt', 'a.t.example.com'],
        entityId: null,
      },
      parent: { name: 'cmd.exe', pid: 4652 },
      sensor: 'collector',
    })
  })

  test('the same start from Sysmon 1 and 4688 is one, with the entity id', () => {
    expect(log.starts.filter((start) => start.hostName === 'PC8')).toHaveLength(1)
    expect(log.starts[1]).toMatchObject({
      at: Date.UTC(2026, 10, 21, 18, 8, 38, 320),
      user: { name: 'bob', domain: 'CORP' },
      process: {
        pid: 3616,
        entityId: '{9F32B55F-7C4E-5F98-5803-000000000500}',
        args: ['nslookup', '-q=txt', 'a b'],
        originalFileName: 'nslookup.exe',
      },
      parent: { name: null, executable: null, pid: 4212, entityId: null },
    })
  })

  test('the same whichever of the two comes first', async () => {
    const lines = fixture.split('\n')
    const swapped = await readWhole([lines[2], lines[1]].join('\n'))
    expect(swapped.starts.map((start) => start.process.entityId)).toEqual(['{9F32B55F-7C4E-5F98-5803-000000000500}'])
  })

  test('Sysmon 22: no type, typed results, mapped addresses unmapped, keyed by the host', () => {
    expect(log.lookups[0]).toMatchObject({
      at: Date.UTC(2026, 10, 21, 18, 8, 39, 261),
      source: 'pc8',
      hostName: 'PC8',
      qtype: null,
      rcode: 'NOERROR',
      processName: 'browser.exe',
      answers: [
        { type: 'CNAME', data: 'www-example-com.edge.example.net' },
        { type: 'A', data: '192.0.2.203' },
        { type: 'AAAA', data: '2001:db8::1' },
      ],
    })
  })

  test('status 9003 is NXDOMAIN; a time-out is no response', () => {
    expect(log.lookups.slice(1).map((event) => [event.rcode, event.answerCount])).toEqual([
      ['NXDOMAIN', 0],
      [null, null],
    ])
  })
})
