import { describe, expect, test } from 'vitest'
import { groupOf, LabelsError, parseLabels } from './labels'

const benign = { id: 'a', files: ['a.pcap'], kind: 'benign' }
const labels = (...scenarios: unknown[]): string => JSON.stringify({ scenarios })

describe('a labels file', () => {
  test('needs no more than an id, files and a kind', () => {
    expect(parseLabels(labels(benign)).scenarios).toMatchObject([{ id: 'a', truth: [], scoreable: true, countFalse: true }])
  })

  test.each([
    ['no JSON', '{', /not JSON/],
    ['no scenarios', '{"scenarios":[]}', /scenarios/],
    ['an unknown kind', labels({ ...benign, kind: 'good' }), /scenarios\.0\.kind/],
    ['two scenarios of one name', labels(benign, benign), /two scenarios are called a/],
    ['a tunnel in benign data', labels({ ...benign, truth: [{ zone: 'x.com' }] }), /a: benign, but it names a tunnel/],
    ['a tunnel that is nowhere', labels({ ...benign, kind: 'mixed' }), /no truth says where/],
    ['a truth without a zone', labels({ ...benign, kind: 'mixed', truth: [{}] }), /needs a zone/],
    ['a broken pattern', labels({ ...benign, kind: 'mixed', truth: [{ zonePattern: '(' }] }), /not a regular expression/],
    ['a conversion that there is not', labels({ ...benign, convert: { type: 'magic' } }), /convert/],
  ])('with %s is refused, and the message names it', (_, text, message) => {
    expect(() => parseLabels(text)).toThrow(LabelsError)
    expect(() => parseLabels(text)).toThrow(message)
  })

  test('names at most ten faults', () => {
    const bad = Array.from({ length: 30 }, (_, no) => ({ id: `s${no}` }))
    expect(() => parseLabels(labels(...bad))).toThrow(/and \d+ more$/)
  })
})

test.each([
  [{}, 'real'],
  [{ lab: true }, 'lab'],
  [{ composed: true, lab: true }, 'composed'],
  [{ scoreable: false }, 'extra'],
  [{ variantOf: 'b', scoreable: false }, 'variant'],
])('a scenario with %j belongs to %s', (more, group) => {
  const [scenario] = parseLabels(labels({ ...benign, ...more })).scenarios
  expect(scenario === undefined ? null : groupOf(scenario)).toBe(group)
})
