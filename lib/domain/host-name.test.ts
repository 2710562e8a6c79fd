import { describe, expect, it } from 'vitest'
import { keptName, type NameSpan, nameAt } from './host-name'

const HOUR = 3_600_000
const NOON = Date.UTC(2026, 10, 21, 12)
/** Hours relative to noon. */
const span = (name: string, from: number, to: number, origin: NameSpan['origin'] = 'dhcp'): NameSpan => ({
  address: '10.0.0.5',
  origin,
  name,
  firstSeenAt: NOON + from * HOUR,
  lastSeenAt: NOON + to * HOUR,
  demo: false,
})

describe('the name of an address at an instant', () => {
  it.each<[string, NameSpan[], number, string | null]>([
    ['nothing known', [], 0, null],
    ['within the lease', [span('a', -1, 1)], 0, 'a'],
    ['before the address was taken over', [span('a', -5, 3), span('b', 0, 4)], -1, 'a'],
    ['after the address was taken over, though the old lease still ran', [span('a', -5, 3), span('b', 0, 4)], 1, 'b'],
    ['after both ended, the one seen last', [span('a', -9, -2), span('b', -8, -5)], 0, 'a'],
    ['a week after the last sign', [span('a', -200, -180)], 0, 'a'],
    ['nine days after the last sign', [span('a', -300, -217)], 0, null],
    ['an hour before the first sign', [span('a', 1, 2)], 0, 'a'],
    ['two days before the first sign', [span('a', 48, 49)], 0, null],
    ['a lease before a record of the DNS', [span('old', -1, 1, 'ptr'), span('new', -3, -2)], 0, 'new'],
    ['a fresh record of the DNS before a lease of last week', [span('dns', -1, 1, 'ptr'), span('old', -170, -160)], 0, 'dns'],
    ['an agent before the DNS', [span('dns', -1, 1, 'zone'), span('agent', -9, 1, 'endpoint')], 0, 'agent'],
  ])('%s', (_, spans, at, name) => {
    expect(nameAt(spans, NOON + at * HOUR)?.name ?? null).toBe(name)
    expect(nameAt(spans.toReversed(), NOON + at * HOUR)?.name ?? null).toBe(name)
  })

  it('is none of an address that several hosts have inside, but is of one that moved', () => {
    expect(nameAt([span('a', -2, 2, 'endpoint'), span('b', -1, 1, 'endpoint')], NOON)).toBeNull()
    expect(nameAt([span('a', -9, -5, 'endpoint'), span('b', -1, 1, 'endpoint')], NOON)?.name).toBe('b')
  })
})

it.each([
  ['LAPTOP-7.Corp.Example.', 'laptop-7.corp.example'],
  [' *', null],
  ['', null],
  ['localhost', null],
  ['x'.repeat(300), 'x'.repeat(253)],
])('%j is kept as %j', (written, kept) => expect(keptName(written)).toBe(kept))
