import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'

const log = await readWhole(readFileSync(new URL('./fixtures/activity.ndjson', import.meta.url)))

describe('ocsf', () => {
  test('accounts for every record', () => {
    expect(log.outcome.format).toBe('ocsf')
    expect(log.records).toBe(6)
    expect(log.rejects).toEqual([])
    expect(log.skipped).toEqual({ 'other-event': 2 })
  })

  test('traffic is a whole lookup; a single answer may stand without a list', () => {
    expect(log.lookups[0]).toMatchObject({
      at: 1795165200250,
      clientIp: '10.0.0.1',
      clientPort: 15083,
      serverIp: '10.0.0.53',
      transport: 'udp',
      transactionId: 60300,
      qname: 'www.example.com',
      qtype: 'A',
      rcode: 'NOERROR',
      answerCount: 1,
      answers: [{ type: 'A', data: '192.0.2.1', ttlSeconds: 60 }],
    })
  })

  test('a query and its response are one lookup; the rcode of a query is none', () => {
    expect(log.lookups.slice(1)).toMatchObject([{ at: 1795165201000, qtype: 'TXT', rcode: 'NXDOMAIN', answerCount: 0, attempts: 1 }])
  })

  test('a launch has the actor as its parent and its user', () => {
    expect(log.starts).toMatchObject([
      {
        at: 1795165202000,
        hostName: 'ws1',
        user: { name: 'alice', domain: 'EXAMPLE' },
        process: { name: 'nslookup.exe', pid: 4696, args: ['nslookup', '-q=txt', 'a.example.com'] },
        parent: { name: 'cmd.exe', pid: 3948 },
      },
    ])
  })
})
