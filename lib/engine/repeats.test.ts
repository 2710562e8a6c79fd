import { expect, test } from 'vitest'
import { CodeTable } from './code-table'
import { NameTable } from './name-table'
import { Repeats } from './repeats'
import { SourceTable } from './source-table'

const asked = { at: 0, source: '10.0.0.5', qname: 'a.example.com', qtype: 'A' as string | null }

/** Repeats of questions written as text. */
function listener(snapshot?: unknown) {
  const numbers = { sources: new SourceTable(1_000), names: new NameTable(), qtypes: new CodeTable() }
  const repeats = new Repeats(numbers, snapshot)
  return {
    names: numbers.names,
    snapshot: () => JSON.parse(JSON.stringify(repeats.snapshot())) as { current: unknown[]; previous: unknown[] },
    isRepeat({ at, source, qname, qtype }: typeof asked): boolean {
      const name = numbers.names.hold(qname, 'example.com')
      const answer = repeats.isRepeat(at, numbers.sources.get(source), name, numbers.qtypes.numberOf(qtype))
      numbers.names.release(name)
      return answer
    },
  }
}

test('the same question within five seconds is the same lookup, of whichever sensor', () => {
  const repeats = listener()
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
  const repeats = listener()
  repeats.isRepeat(asked)
  expect(repeats.isRepeat({ ...asked, source: '10.0.0.6' })).toBe(false)
  expect(repeats.isRepeat({ ...asked, qname: 'b.example.com' })).toBe(false)
  expect(repeats.isRepeat({ ...asked, qtype: 'AAAA' })).toBe(false)
  expect(repeats.isRepeat({ ...asked, qtype: null })).toBe(false)
})

test('continues from a snapshot', () => {
  const repeats = listener()
  repeats.isRepeat({ ...asked, at: 5_000 })
  expect(listener(repeats.snapshot()).isRepeat({ ...asked, at: 9_999 })).toBe(true)
})

test('a number of a forgotten name, given to another, is no repeat', () => {
  const repeats = listener()
  for (let i = 0; i < 50; i++) expect(repeats.isRepeat({ ...asked, at: 20_000 * i, qname: `n${i}.example.com` })).toBe(false)
  expect(repeats.names.size).toBeLessThanOrEqual(2)
})

test('a flood of new questions takes a bounded memory, and time in proportion to it', () => {
  const repeats = listener()
  for (let i = 0; i < 300_000; i++) repeats.isRepeat({ ...asked, qname: `n${i}.example.com` })
  const { current, previous } = repeats.snapshot()
  expect(current.length + previous.length).toBe(200_000)
  expect(repeats.names.size).toBe(200_000)
})
