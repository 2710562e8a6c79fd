import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'
import { readFields } from './fields'

const read = (file: string) => readFileSync(new URL(`./fixtures/${file}`, import.meta.url))
const recursor = await readWhole(read('recursor.log'))
const classic = await readWhole(read('classic.log'))

describe('the structured log of a recursor', () => {
  test('11 questions with their answers and one from the packet cache are 12 lookups', () => {
    expect(recursor.outcome.format).toBe('powerdns')
    expect(recursor.rejects).toEqual([])
    expect(recursor.lookups).toHaveLength(12)
    expect(recursor.lookups.filter((event) => event.rcode === null)).toHaveLength(1)
  })

  test('the time is the inner one, the rcode a name', () => {
    expect(recursor.lookups[0]).toMatchObject({
      at: 1795284477799,
      clientIp: '127.0.0.1',
      clientPort: 57870,
      transport: 'udp',
      qname: 'www.lab.test',
      qtype: 'A',
      rcode: 'NOERROR',
      answerCount: 1,
    })
    expect(recursor.lookups[1]).toMatchObject({ qnameRaw: 'WwW.LaB.tEsT', rcode: 'SERVFAIL', clientPort: 42719 })
  })

  test('backslashes are doubled by the quoting', () => {
    expect(recursor.lookups.map((event) => event.qname)).toContain('a\\000b\\255c\\.d.t.lab.test')
  })

  test('a numbered type has its name', () => {
    expect(recursor.lookups.map((event) => event.qtype)).toContain('NULL')
  })
})

test('older lines give the query', () => {
  expect(classic.skipped).toEqual({ 'not-a-lookup': 1 })
  expect(classic.lookups).toMatchObject([
    { at: Date.UTC(2026, 10, 20, 9), qname: 'www.example.com', qtype: 'A', clientIp: '192.0.2.1', clientPort: 4001, sensor: 'ns1' },
    { qtype: 'TXT', clientIp: '192.0.2.2', clientPort: null },
    { qname: 'v6.example.com', qtype: 'NULL', clientIp: '2001:db8::1', clientPort: 5353 },
  ])
})

test('a value cannot add a field', () => {
  expect([...readFields('msg="Question" qname="a\\" rcode=\\"0" qtype="A"', 0)]).toEqual([
    ['msg', 'Question'],
    ['qname', 'a" rcode="0'],
    ['qtype', 'A'],
  ])
})
