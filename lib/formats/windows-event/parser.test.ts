import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'
import { readEventXml } from './event-xml'

const read = (file: string) => readFileSync(new URL(`./fixtures/${file}`, import.meta.url))
const xml = await readWhole(read('events.xml'))
const json = await readWhole(read('events.ndjson'))
const text = await readWhole(read('events.txt'))

describe('XML', () => {
  test('accounts for every event; a cut one does no harm to the next', () => {
    expect(xml.outcome.format).toBe('windows-event')
    expect(xml.records).toBe(5)
    expect(xml.skipped).toEqual({ 'other-event': 1 })
    expect(xml.rejected).toEqual({ truncated: 1 })
    expect(xml.lookups.map((event) => event.qname)).toEqual(['www.example.com', 'after.example.com'])
  })

  test("a process start: Sysmon's own time, entities undone, no parent id of zeros", () => {
    expect(xml.starts).toMatchObject([
      {
        at: Date.UTC(2026, 10, 20, 9, 0, 0, 250),
        hostName: 'WS1.example.com',
        user: { name: 'alice', domain: 'EXAMPLE' },
        process: { name: 'nslookup.exe', pid: 4321, args: ['nslookup', '-q=txt', 'a&b.example.com', '<Event', 'A'] },
        parent: { name: 'explorer.exe', pid: 99, entityId: null, commandLine: null },
      },
    ])
  })

  test('a lookup of the system resolver', () => {
    expect(xml.lookups[0]).toMatchObject({
      at: Date.UTC(2026, 10, 20, 9, 0, 1, 125),
      source: 'ws1.example.com',
      processName: 'nslookup.exe',
      qtype: null,
      rcode: 'NOERROR',
      answers: [
        { type: 'CNAME', data: 'edge.example.net' },
        { type: 'A', data: '192.0.2.10' },
      ],
    })
    expect(xml.lookups[1]).toMatchObject({ rcode: 'NXDOMAIN' })
  })

  test('no entity is looked up anywhere', () => {
    const fields = readEventXml(
      '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Event><EventData><Data Name="A">&e;&amp;lt;</Data></EventData></Event>',
    )
    expect(fields.data).toEqual({ A: '&e;&lt;' })
  })
})

describe('JSON', () => {
  test('accounts for every record', () => {
    expect(json.outcome.format).toBe('windows-event')
    expect(json.records).toBe(8)
    expect(json.rejects).toEqual([])
    expect(json.skipped).toEqual({ 'other-event': 1 })
  })

  test.each([
    ['WS2', { at: Date.UTC(2026, 10, 20, 9, 0, 0, 400), process: { pid: 100, name: 'reg.exe' }, parent: { name: null } }],
    ['WS4', { at: Date.UTC(2026, 10, 20, 9, 0, 2, 200), process: { pid: 0x898 }, parent: { pid: 16 }, user: { name: 'carol' } }],
    ['WS5', { at: Date.UTC(2026, 10, 20, 9, 0, 3, 300), process: { pid: 32, args: ['x.exe', 'a & b'] } }],
    ['LX1', { at: Date.UTC(2026, 10, 20, 9, 0, 5, 100), process: { name: 'bash', args: ['bash', '-i'] }, parent: { commandLine: 'ja' } }],
  ])('the start on %s', (host, fields) => {
    expect(json.starts.filter((start) => start.hostName === host)).toMatchObject([fields])
  })

  test.each([
    ['list.example.com', { source: 'ws3', at: Date.UTC(2026, 10, 20, 9, 0, 1, 100), rcode: 'NOERROR' }],
    ['sentinel.example.com', { source: 'ws6', at: Date.UTC(2026, 10, 20, 9, 0, 4, 400), rcode: null }],
    ['splunk.example.com', { source: 'ws7', at: Date.UTC(2026, 10, 20, 9, 0, 7) }],
  ])('the lookup of %s', (qname, fields) => {
    expect(json.lookups.filter((event) => event.qname === qname)).toMatchObject([fields])
  })
})

describe('Splunk text', () => {
  test('a start, with the subject as its user', () => {
    expect(text.outcome.format).toBe('windows-event')
    expect(text.starts).toMatchObject([
      {
        at: Date.UTC(2026, 10, 20, 0, 48, 14),
        hostName: 'dc1.example.com',
        user: { name: 'Administrator', domain: 'EXAMPLE' },
        process: { name: 'reg.exe', pid: 0x1258, args: ['reg', 'save', 'HKLM\\system', 'C:\\Temp\\system'] },
        parent: { name: 'cmd.exe', pid: 0xf6c },
      },
    ])
  })

  test('lines inside a message begin no event', () => {
    expect(text.records).toBe(2)
    expect(text.skipped).toEqual({ 'other-event': 1 })
  })
})
