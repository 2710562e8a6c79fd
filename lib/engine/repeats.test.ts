import { expect, test } from 'vitest'
import { Repeats } from './repeats'

const asked = { at: 0, source: '10.0.0.5', qname: 'a.example.com', qtype: 'A' }

test('the same question within five seconds is the same lookup, of whichever sensor', () => {
  const repeats = new Repeats()
  expect([0, 1_000, 4_999, 5_000, 9_999, 10_000].map((at) => repeats.isRepeat({ ...asked, at }))).toEqual([
    false,
    true,
    true,
    false,
    true,
    false,
  ])
})

test('another source, name or type is another lookup', () => {
  const repeats = new Repeats()
  repeats.isRepeat(asked)
  expect(repeats.isRepeat({ ...asked, source: '10.0.0.6' })).toBe(false)
  expect(repeats.isRepeat({ ...asked, qname: 'b.example.com' })).toBe(false)
  expect(repeats.isRepeat({ ...asked, qtype: 'AAAA' })).toBe(false)
  expect(repeats.isRepeat({ ...asked, qtype: null })).toBe(false)
})

test('continues from a snapshot', () => {
  const repeats = new Repeats()
  repeats.isRepeat({ ...asked, at: 5_000 })
  expect(new Repeats(JSON.parse(JSON.stringify(repeats.snapshot()))).isRepeat({ ...asked, at: 9_999 })).toBe(true)
})

test('a flood of new questions takes a bounded memory, and time in proportion to it', () => {
  const repeats = new Repeats()
  for (let i = 0; i < 300_000; i++) repeats.isRepeat({ ...asked, qname: `n${i}.example.com` })
  const { current, previous } = repeats.snapshot() as { current: unknown[]; previous: unknown[] }
  expect(current.length + previous.length).toBe(200_000)
})
