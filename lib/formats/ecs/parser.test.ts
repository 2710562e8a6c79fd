import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'

const fixture = readFileSync(new URL('./fixtures/documents.ndjson', import.meta.url), 'utf8')
const log = await readWhole(fixture)
const lookup = (qname: string) => log.lookups.find((event) => event.qname === qname)

describe('ECS documents', () => {
  test('accounts for every document', () => {
    expect(log.records).toBe(10)
    expect(log.rejected).toEqual({ 'no-timestamp': 1 })
    expect(log.skipped).toEqual({ 'other-event': 3 })
    expect([log.lookups.length, log.starts.length]).toEqual([4, 1])
  })

  test('Packetbeat: the host is the sensor, not the client; a trailing dot goes', () => {
    expect(lookup('nothing.example.com')).toMatchObject({
      source: '10.9.0.20',
      clientPort: 65020,
      serverIp: '10.9.0.53',
      rcode: 'NXDOMAIN',
      answerCount: 0,
      queryBytes: 36,
      responseBytes: 121,
      hostName: null,
      hostId: null,
      sensor: 'sensor-1',
    })
  })

  test('Packetbeat: NOERROR of an unanswered request is not an answer', () => {
    expect(lookup('silent.example.com')).toMatchObject({ rcode: null, answerCount: null, responseBytes: null })
  })

  test('Packetbeat on the client itself: the host is the client', () => {
    expect(lookup('silent.example.com')).toMatchObject({ hostName: 'pc7', hostId: 'h7', source: '10.9.0.21' })
  })

  test('dotted keys with list-wrapped values', () => {
    expect(lookup('dotted.example.com')).toMatchObject({
      qtype: 'AAAA',
      clientIp: '10.9.0.22',
      clientPort: 4000,
      answers: [
        { type: 'CNAME', data: 'edge.example.net' },
        { type: 'AAAA', data: '2001:db8::10', bytes: 16 },
      ],
    })
  })

  test('Defend: requested and result are one lookup, its type read from the message', () => {
    expect(lookup('defend.example.com')).toMatchObject({
      at: Date.UTC(2026, 10, 21, 18, 8, 40, 123),
      source: 'pc8',
      hostId: 'h8',
      qtype: 'A',
      rcode: 'NOERROR',
      processName: 'chrome.exe',
      answers: [{ type: 'A', data: '192.0.2.8' }],
    })
  })

  test('dns.* on an event that is no lookup is not one', () => {
    expect(lookup('not-a-lookup.example.com')).toBeUndefined()
  })

  test('a process start keeps its arguments without their quotes', () => {
    expect(log.starts[0]).toMatchObject({
      category: ['process'],
      type: ['start'],
      hostId: 'h8',
      hostIps: ['10.9.0.28'],
      user: { name: 'alice', domain: 'CORP' },
      process: {
        name: 'nslookup.exe',
        args: ['C:\\Windows\\System32\\nslookup.exe', '-q=txt', 'a.t.example.com'],
        pid: 4242,
        originalFileName: 'nslookup.exe',
      },
      parent: { name: 'powershell.exe', pid: 4200, commandLine: null, args: [] },
    })
  })

  test.each([
    [1, 'A'],
    [2, 'NS'],
    [5, 'CNAME'],
    [6, 'SOA'],
    [12, 'PTR'],
    [15, 'MX'],
    [16, 'TXT'],
    [28, 'AAAA'],
    [65280, 'TYPE65280'],
  ])('a Defend message with type %i is %s', async (number, type) => {
    const document = {
      '@timestamp': '2026-11-21T18:00:00Z',
      network: { protocol: 'dns' },
      message: `DNS query is completed for the name x.example.com type ${number}`,
    }
    expect((await readWhole(JSON.stringify(document))).lookups[0]).toMatchObject({ qname: 'x.example.com', qtype: type })
  })

  test('escaped bytes of a name are undone once', async () => {
    const document = {
      '@timestamp': '2026-11-21T18:00:00Z',
      event: { kind: 'event' },
      dns: { question: { name: 'a\\000B\\.c.example.com' } },
      source: { ip: '10.0.0.1' },
    }
    expect((await readWhole(JSON.stringify(document))).lookups[0]).toMatchObject({
      qname: 'a\\000b\\.c.example.com',
      qnameRaw: 'a\\000B\\.c.example.com',
    })
  })

  test('hostile documents are skipped or refused, never fatal', async () => {
    const documents = [
      '{"@timestamp":"2026-11-21T18:00:00Z","event":{"kind":"event"},"dns":{"question":{"name":{"a":1}}}}',
      '{"__proto__":{"x":1},"@timestamp":[],"event":null,"dns":[[]]}',
      '{"@timestamp":"2026-13-41T99:00:00Z","event":{"kind":"event"},"dns":{"question":{"name":"a"}}}',
    ]
    const result = await readWhole(documents.join('\n'), { format: 'ecs' })
    expect(result.lookups).toEqual([])
    expect(result.rejected).toEqual({ 'bad-timestamp': 1 })
  })
})
