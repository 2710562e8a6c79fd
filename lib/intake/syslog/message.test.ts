import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createFraming } from './framing'
import { readSyslog } from './message'

const NOW = Date.UTC(2026, 10, 22)

test.each([
  // RFC 5424 §6.5, examples 1, 3 and 4.
  [
    `<34>1 2003-10-11T22:14:15.003Z mymachine.example.com su - ID47 - \ufeff'su root' failed for lonvick on /dev/pts/8`,
    [Date.UTC(2003, 9, 11, 22, 14, 15, 3), 'mymachine.example.com', 'su', null, "'su root' failed for lonvick on /dev/pts/8"],
  ],
  [
    '<165>1 2003-10-11T22:14:15.003Z h.example evntslog - ID47 [exampleSDID@32473 iut="3" eventSource="Appli\\"]cation"] An entry',
    [Date.UTC(2003, 9, 11, 22, 14, 15, 3), 'h.example', 'evntslog', null, 'An entry'],
  ],
  [
    '<165>1 2003-10-11T22:14:15.003Z h.example evntslog 12 ID47 [a@1 b="c"][d@2]',
    [Date.UTC(2003, 9, 11, 22, 14, 15, 3), 'h.example', 'evntslog', 12, ''],
  ],
  ['<13>1 - - - - - - text', [null, null, null, null, 'text']],
  // RFC 3164 §5.4, examples 1 and 2.
  [`<34>Oct 11 22:14:15 mymachine su: 'su root' failed`, [Date.UTC(2026, 9, 11, 22, 14, 15), 'mymachine', 'su', null, "'su root' failed"]],
  ['Use the BFG!', [null, null, null, null, 'Use the BFG!']],
  [
    '<30>Nov  1 00:00:01 gw dnsmasq[412]: query[A] a.test from 10.0.0.1',
    [Date.UTC(2026, 10, 1, 0, 0, 1), 'gw', 'dnsmasq', 412, 'query[A] a.test from 10.0.0.1'],
  ],
  ['<30>Nov  1 00:00:01 dnsmasq[412]: x', [Date.UTC(2026, 10, 1, 0, 0, 1), null, 'dnsmasq', 412, 'x']],
  ['<30>2026-11-01T01:00:01.5+01:00 gw named[1]: x', [Date.UTC(2026, 10, 1, 0, 0, 1, 500), 'gw', 'named', 1, 'x']],
  ['<30>dnsmasq[412]: x\n', [null, null, 'dnsmasq', 412, 'x']],
  ['<30>Nov 31 00:00:01 gw named[1]: two\nlines\0', [null, 'gw', 'named', 1, 'two lines']],
])('reads %j', (raw, expected) => {
  const { at, host, program, pid, text } = readSyslog(raw, NOW)
  expect([at, host, program, pid, text]).toEqual(expected)
})

test('keeps the line as a file has it', () => {
  expect(readSyslog('<30>Nov  1 00:00:01 gw dnsmasq[412]: x', NOW).fileLine).toBe('Nov  1 00:00:01 gw dnsmasq[412]: x')
})

test('never throws, and never makes two lines of one', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 80 }),
      fc.constantFrom('', '<1>1 - - - - - ', '<1>1 - - - - - [a b="', '<1>Nov 1 00:00:00 '),
      (tail, head) => {
        expect(readSyslog(head + tail, NOW).text).not.toMatch(/[\r\n\0]/)
      },
    ),
  )
})

function cut(sent: Buffer, cuts: readonly number[], maxBytes = 20) {
  const seen: string[] = []
  const framing = createFraming(
    {
      message: (bytes) => seen.push(bytes.toString()),
      tooLong: () => seen.push('TOO LONG'),
      failed: (reason) => seen.push(`FAILED ${reason}`),
    },
    maxBytes,
  )
  const at = [0, ...[...cuts].sort((a, b) => a - b), sent.length]
  for (let n = 1; n < at.length; n++) framing.push(sent.subarray(at[n - 1], at[n]))
  framing.end(true)
  return seen
}

test.each([
  ['counted octets', '5 ab\ncd3 <1>2 é', ['ab\ncd', '<1>', 'é']],
  ['newlines', '<1>ab\n\n<1>cd\n<1>ef', ['<1>ab', '<1>cd', '<1>ef']],
  ['a counted message over the limit', `30 ${'x'.repeat(30)}2 ab`, ['TOO LONG', 'ab']],
  ['a line over the limit', `<${'x'.repeat(30)}\n<1>ab\n`, ['TOO LONG', '<1>ab']],
  ['a count that is none', '5 abcde<1>x', ['abcde', 'FAILED a message does not begin with its length']],
  ['a count of ten digits', '5 abcde9999999999 x', ['abcde', 'FAILED a message does not begin with its length']],
  ['a message cut off', '5 abcde9 x', ['abcde', 'FAILED the connection ended inside a message']],
])('cuts %s the same, however the bytes come', (_name, sent, expected) => {
  const bytes = Buffer.from(sent)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: bytes.length })), (cuts) => {
      expect(cut(bytes, cuts)).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})
