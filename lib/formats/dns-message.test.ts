import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type DnsMessage, readDnsMessage } from './dns-message'
import { dnsMessage } from './packet-test-support'

const read = (bytes: Buffer) => readDnsMessage(bytes, 0, bytes.length)
const whole = (bytes: Buffer): DnsMessage => {
  const message = read(bytes)
  if (typeof message === 'string') throw new Error(message)
  return message
}
const dataOf = (type: number, data: Buffer) =>
  whole(dnsMessage({ id: 1, name: 'q.example.com', type, answers: [{ type, data }] })).answers[0]?.data
const text = (...strings: string[]) => Buffer.concat(strings.flatMap((one) => [Buffer.from([one.length]), Buffer.from(one, 'latin1')]))
const wire = (name: string) =>
  Buffer.concat([...name.split('.').flatMap((one) => [Buffer.from([one.length]), Buffer.from(one)]), Buffer.from([0])])

describe('questions', () => {
  test('case is kept beside the canonical name', () => {
    expect(whole(dnsMessage({ id: 5, name: 'WwW.Example.COM', type: 28 }))).toMatchObject({
      transactionId: 5,
      qname: 'www.example.com',
      qnameRaw: 'WwW.Example.COM',
      qtype: 'AAAA',
      isResponse: false,
      rcode: null,
      answerCount: null,
    })
  })

  test('labels of any octets', () => {
    const name = [Buffer.from([0, 0x2e, 0x5c, 0x20, 0xff]), Buffer.from('t')]
    expect(whole(dnsMessage({ id: 5, name, type: 65280 }))).toMatchObject({ qname: '\\000\\.\\\\\\032\\255.t', qtype: 'TYPE65280' })
  })

  test('the root', () => {
    expect(whole(dnsMessage({ id: 5, name: [], type: 2 })).qname).toBe('.')
  })

  test('255 octets are a name, 256 are not', () => {
    const labels = [63, 63, 63].map((size) => Buffer.alloc(size, 0x61))
    expect(whole(dnsMessage({ id: 5, name: [...labels, Buffer.alloc(61, 0x61)], type: 1 })).qname).toHaveLength(253)
    expect(read(dnsMessage({ id: 5, name: [...labels, Buffer.alloc(62, 0x61)], type: 1 }))).toBe('malformed-dns')
  })

  test('no question, several questions, other opcodes', () => {
    const message = dnsMessage({ id: 5, name: 'a.example', type: 1 })
    const none = Buffer.from(message)
    none.writeUInt16BE(0, 4)
    const two = Buffer.concat([message, wire('b.example'), Buffer.from([0, 16, 0, 1])])
    two.writeUInt16BE(2, 4)
    const update = Buffer.from(message)
    update[2] = 0x28
    expect(read(none)).toBe('no-question')
    expect(whole(two).qname).toBe('a.example')
    expect(read(update)).toBe('not-a-query')
  })

  test.each([
    ['a pointer to itself', [0xc0, 12]],
    ['a pointer forwards', [0xc0, 40]],
    ['two pointers in a circle', [1, 0x61, 0xc0, 12]],
    ['a reserved label type', [0x80, 0x61, 0]],
    ['a label past the end', [63, 0x61]],
  ])('%s is malformed, not a loop', (_, name) => {
    const bytes = Buffer.concat([dnsMessage({ id: 1, name: 'x', type: 1 }).subarray(0, 12), Buffer.from(name), Buffer.from([0, 1, 0, 1])])
    expect(read(bytes)).toBe('malformed-dns')
  })
})

describe('answers', () => {
  test.each([
    ['A', 1, Buffer.from([192, 0, 2, 1]), '192.0.2.1'],
    ['A of a wrong length', 1, Buffer.from([192, 0, 2]), '\\# 3 c00002'],
    ['AAAA', 28, Buffer.from('20010db8000000000000000000000001', 'hex'), '2001:db8::1'],
    ['CNAME, case kept', 5, wire('TuNNel.example'), 'TuNNel.example'],
    ['NS through a pointer', 2, Buffer.concat([Buffer.from('\u0002ns'), Buffer.from([0xc0, 0x0e])]), 'ns.example.com'],
    ['PTR', 12, wire('host.example'), 'host.example'],
    ['MX', 15, Buffer.concat([Buffer.from([0, 10]), wire('mx.example')]), '10 mx.example'],
    ['SRV', 33, Buffer.concat([Buffer.from([0, 1, 0, 2, 20, 233]), wire('s.example')]), '1 2 5353 s.example'],
    [
      'SOA',
      6,
      Buffer.concat([wire('ns.example'), wire('root.example'), Buffer.from('0000000100000002000000030000000400000005', 'hex')]),
      'ns.example root.example 1 2 3 4 5',
    ],
    ['TXT', 16, text('302f017537c68f5169'), '302f017537c68f5169'],
    ['TXT of two strings', 16, text('v=spf1 -all', 'x'), '"v=spf1 -all" x'],
    ['TXT with quotes and odd octets', 16, text('a"b\\c\u0000\u00ff;'), '"a\\"b\\\\c\\000\\255;"'],
    ['an empty TXT string', 16, text(''), '""'],
    ['TXT whose string is cut', 16, Buffer.from([9, 0x61]), '\\# 2 0961'],
    ['NULL', 10, Buffer.from('VACK'), '\\# 4 5641434b'],
    ['nothing', 10, Buffer.alloc(0), '\\# 0'],
  ])('%s', (_, type, data, shown) => {
    expect(dataOf(type, data)).toBe(shown)
  })

  test('long data is cut, its size kept', () => {
    const message = whole(dnsMessage({ id: 1, name: 'q', type: 10, answers: [{ type: 10, data: Buffer.alloc(1_200, 0xab) }] }))
    expect(message.answers[0]).toMatchObject({ bytes: 1_200, type: 'NULL' })
    expect(message.answers[0]?.data.length).toBeLessThan(600)
  })

  test('a cut answer section keeps what came before, and the count of the header', () => {
    const full = dnsMessage({
      id: 1,
      name: 'q',
      type: 1,
      answers: [1, 2, 3].map((last) => ({ type: 1, data: Buffer.from([192, 0, 2, last]) })),
    })
    const message = whole(full.subarray(0, full.length - 3))
    expect([message.answers.length, message.answerCount]).toEqual([2, 3])
  })

  test('response codes, with the upper bits of an OPT record', () => {
    expect(whole(dnsMessage({ id: 1, name: 'q', type: 1, response: true, rcode: 3 })).rcode).toBe('NXDOMAIN')
    const badVersion = Buffer.concat([
      dnsMessage({ id: 1, name: 'q', type: 1, response: true }),
      Buffer.from([0, 0, 41, 4, 208, 1, 0, 0, 0, 0, 0]),
    ])
    badVersion.writeUInt16BE(1, 10)
    expect(whole(badVersion).rcode).toBe('BADVERS')
    expect(whole(dnsMessage({ id: 1, name: 'q', type: 1, response: true, rcode: 14 })).rcode).toBe('RCODE14')
  })
})

test('never throws and never reads outside the message, whatever the octets', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(40), (bytes, padding) => {
      const framed = Buffer.concat([Buffer.alloc(padding, 0xff), bytes, Buffer.alloc(padding, 0xff)])
      const here = readDnsMessage(framed, padding, padding + bytes.length)
      expect(here).toEqual(read(Buffer.from(bytes)))
    }),
    { numRuns: 500 },
  )
})
