import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'

const log = await readWhole(readFileSync(new URL('./fixtures/eve.json', import.meta.url)))
const named = (qname: string) => log.lookups.filter((event) => event.qname === qname)

describe('suricata eve', () => {
  test('accounts for every record', () => {
    expect(log.outcome.format).toBe('suricata-eve')
    expect(log.records).toBe(12)
    expect(log.rejects).toEqual([])
    expect(log.skipped).toEqual({ 'other-event': 2 })
    expect(log.lookups).toHaveLength(6)
  })

  test('version 1: a record an answer becomes one lookup, named by its question', () => {
    expect(named('www.example.com')).toMatchObject([
      {
        at: Date.UTC(2026, 10, 20, 9, 0, 0, 100),
        clientIp: '10.9.0.20',
        clientPort: 40001,
        serverIp: '10.9.0.53',
        transport: 'udp',
        transactionId: 101,
        qtype: 'A',
        rcode: 'NOERROR',
        answerCount: 2,
        answers: [
          { name: 'www.example.com', type: 'CNAME', ttlSeconds: 60, data: 'edge.example.net' },
          { name: 'edge.example.net', type: 'A', ttlSeconds: 15, data: '192.0.2.10', bytes: 4 },
        ],
      },
    ])
  })

  test('version 2: control characters and \\xHH are octets, of names and of data', () => {
    expect(log.lookups.find((event) => event.transactionId === 102)).toMatchObject({
      qname: 'a\\003b\\197.t.example.com',
      qnameRaw: 'a\\003b\\197.T.example.com',
      qtype: 'NULL',
      sensor: 'ids1',
      answers: [{ data: 'VACKD\\003\\197\\233\\001', bytes: 9 }],
    })
  })

  test('version 3: the NOERROR of a request is no outcome, the offset of the time counts', () => {
    expect(named('nosuch.example.com')).toMatchObject([
      { at: Date.UTC(2026, 10, 20, 8, 0, 2), transport: 'tcp', rcode: 'NXDOMAIN', answerCount: 0, attempts: 1 },
    ])
    expect(named('silent.example.com')).toMatchObject([{ rcode: null, answerCount: null }])
  })

  test('a response alone names its client; answers only grouped have no TTL', () => {
    expect(named('grouped.example.com')).toMatchObject([
      {
        clientIp: '10.9.0.23',
        clientPort: 40005,
        answerCount: 2,
        answers: [
          { data: '192.0.2.1', ttlSeconds: null },
          { data: '192.0.2.2', ttlSeconds: null },
        ],
      },
    ])
  })

  test('multicast DNS is local', () => {
    expect(named('printer.local')).toMatchObject([{ scope: 'local-multicast' }])
  })

  test('a single port 53 decides who asked, whatever the direction of the record', async () => {
    const line = (type: string, sp: number, dp: number) =>
      `${JSON.stringify({ timestamp: '2026-11-20T09:00:00Z', event_type: 'dns', src_ip: '10.0.0.1', src_port: sp, dest_ip: '10.0.0.2', dest_port: dp, proto: 'UDP', dns: { type, id: 1, rrname: 'a.example.com', rrtype: 'A', rcode: 'NOERROR', answers: [] } })}\n`
    const clients = async (text: string) => (await readWhole(text)).lookups.map((event) => event.clientIp)
    expect(await clients(line('answer', 4000, 53))).toEqual(['10.0.0.1'])
    expect(await clients(line('answer', 53, 4000))).toEqual(['10.0.0.2'])
    expect(await clients(line('query', 53, 4000))).toEqual(['10.0.0.2'])
    expect(await clients(line('answer', 4000, 5300))).toEqual(['10.0.0.2'])
  })
})
