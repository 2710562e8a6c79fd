import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readWhole } from '../test-support'

const log = await readWhole(readFileSync(new URL('./fixtures/events.csv', import.meta.url)))

test('question and answer are one look-up, a row without sub-type is both', () => {
  expect(log.outcome.format).toBe('microsoft-asim')
  expect(log.lookups).toMatchObject([
    {
      at: Date.UTC(2026, 10, 20, 9, 0, 0, 31),
      source: '10.0.0.5',
      clientPort: 51000,
      serverIp: '10.0.0.1',
      transport: 'udp',
      transactionId: 0x1f2e,
      qname: 'www.example.com',
      qtype: 'A',
      rcode: 'NOERROR',
      sensor: 'dc-01',
    },
    { at: Date.UTC(2026, 10, 20, 9, 0, 3), qname: 'gone.example.net', qtype: 'AAAA', rcode: 'NXDOMAIN', transactionId: null },
  ])
})

test('other kinds of event are skipped, and a row that does not say who asked is rejected', () => {
  expect(log.skipped).toEqual({ header: 1, 'other-event': 1 })
  expect(log.rejected).toEqual({ 'no-client': 1 })
})

const process = {
  TimeGenerated: '2026-11-20T09:00:00.5Z',
  EventType: 'ProcessCreated',
  DvcHostname: 'ws-07',
  DvcId: 'b6c1',
  TargetProcessName: 'C:\\Windows\\System32\\nslookup.exe',
  TargetProcessCommandLine: 'nslookup -q=txt a.example.net',
  TargetProcessId: '0x1f4',
  ActingProcessName: 'C:\\Windows\\System32\\cmd.exe',
  ActingProcessId: '100',
  ParentProcessName: 'explorer.exe',
  ActorUsername: 'CORP\\mira',
}

test('a process start has the acting process as its parent', async () => {
  const { starts, outcome } = await readWhole(`${JSON.stringify([process, { ...process, EventType: 'ProcessTerminated' }])}\n`)
  expect(outcome.format).toBe('microsoft-asim')
  expect(starts).toMatchObject([
    {
      at: Date.UTC(2026, 10, 20, 9, 0, 0, 500),
      hostId: 'b6c1',
      hostName: 'ws-07',
      user: { name: 'mira', domain: 'CORP' },
      process: { name: 'nslookup.exe', pid: 500, args: ['nslookup', '-q=txt', 'a.example.net'] },
      parent: { name: 'cmd.exe', pid: 100 },
    },
  ])
})

test('a row of one table may hold look-ups and process starts of another', async () => {
  const dns = { TimeGenerated: '2026-11-20T09:00:01Z', EventType: 'Query', SrcHostname: 'WS-07', DnsQuery: 'a.example.net' }
  const { lookups, starts } = await readWhole(`${JSON.stringify(process)}\n${JSON.stringify(dns)}\n`)
  expect(starts).toHaveLength(1)
  expect(lookups).toMatchObject([{ source: 'ws-07', clientIp: null, hostName: 'WS-07', rcode: null }])
})
