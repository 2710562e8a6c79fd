import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createNameSketch, SAMPLE_SIZE, type SketchedLookup, sketchOfFew } from './name-sketch'

const zone = 'example.com'
const lookup = (qname: string, at = 0, qtype: string | null = 'A', rcode: string | null = 'NOERROR'): SketchedLookup => ({
  qname,
  zone,
  qtype,
  rcode,
  at,
})
const sketchOf = (lookups: readonly SketchedLookup[]) => {
  const sketch = createNameSketch()
  for (const one of lookups) sketch.add(one)
  return sketch
}
const numbered = (count: number) => Array.from({ length: count }, (_, i) => lookup(`host-${i}.${zone}`, i))

describe('a name sketch', () => {
  test('counts and keeps every name while they are few', () => {
    const view = sketchOf([...numbered(SAMPLE_SIZE), ...numbered(SAMPLE_SIZE)]).view()
    expect(view).toMatchObject({ distinct: SAMPLE_SIZE, exact: true, complete: true })
    expect(new Set(view.sample.map((name) => name.name)).size).toBe(SAMPLE_SIZE)
  })

  test.each([600, 5_000, 20_000, 200_000])('estimates %i names within 5 % and keeps a sample of 512', (count) => {
    const view = sketchOf(numbered(count)).view()
    expect(view).toMatchObject({ exact: false, complete: false })
    expect(view.sample).toHaveLength(SAMPLE_SIZE)
    expect(Math.abs(view.distinct - count) / count).toBeLessThan(0.05)
  })

  test('samples without regard to the kind of name: half of two equal kinds, within four standard errors', () => {
    const words = Array.from({ length: 5_000 }, (_, i) => lookup(`mail-server-${i}.${zone}`))
    const codes = Array.from({ length: 5_000 }, (_, i) => lookup(`${(i * 2_654_435_761).toString(36)}q7x.${zone}`))
    const { sample } = sketchOf([...words, ...codes]).view()
    const share = sample.filter((name) => name.name.startsWith('mail')).length / sample.length
    expect(Math.abs(share - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / SAMPLE_SIZE))
  })

  test('describes a name by its earliest lookup', () => {
    const { sample } = sketchOf([lookup(`a.${zone}`, 9, 'TXT', null), lookup(`a.${zone}`, 3, 'MX'), lookup(`a.${zone}`, 5)]).view()
    expect(sample).toMatchObject([{ firstAt: 3, qtype: 'MX', rcode: 'NOERROR' }])
  })

  test('measures the part in front of the zone, escaped bytes as one', () => {
    const { sample } = sketchOf([lookup(`ab\\200\\201.cd.${zone}`), lookup(zone)]).view()
    expect(sample.find((name) => name.name === zone)).toMatchObject({ length: 0, entropyBits: 0, readabilityBits: null, unreadable: false })
    expect(sample.find((name) => name.name !== zone)).toMatchObject({ length: 7, entropyBits: Math.log2(6) })
  })

  const anyLookups = fc.array(
    fc.record({
      qname: fc.nat(3_000).map((n) => `n${n.toString(36)}.${zone}`),
      zone: fc.constant(zone),
      qtype: fc.constantFrom('A', 'TXT', null),
      rcode: fc.constantFrom('NOERROR', 'NXDOMAIN', null),
      raw: fc.constantFrom(null, 'A.Example.com', 'a.EXAMPLE.com'),
      at: fc.nat(50),
    }),
    { maxLength: 3_000, size: 'max' },
  )

  test('the same lookups in any order and any split give the same view', () => {
    fc.assert(
      fc.property(anyLookups, fc.nat(), (lookups, cut) => {
        const whole = sketchOf(lookups).view()
        const at = lookups.length === 0 ? 0 : cut % lookups.length
        const left = sketchOf(lookups.slice(at).toReversed())
        left.merge(sketchOf(lookups.slice(0, at)))
        expect(left.view()).toEqual(whole)
      }),
      { numRuns: 40 },
    )
  })

  test('of few lookups shows the same without being built', () => {
    fc.assert(
      fc.property(anyLookups, fc.nat(SAMPLE_SIZE), (lookups, most) => {
        const few = lookups.slice(0, most).map((one, i) => ({ ...one, qname: i % 3 === 0 ? `n.${zone}` : one.qname }))
        expect(sketchOfFew(few)).toEqual(sketchOf(few).view())
      }),
      { numRuns: 60 },
    )
  })

  test('continues from its snapshot exactly where it stopped', () => {
    fc.assert(
      fc.property(anyLookups, anyLookups, (before, after) => {
        const restored = createNameSketch(JSON.parse(JSON.stringify(sketchOf(before).snapshot())))
        for (const one of after) restored.add(one)
        expect(restored.view()).toEqual(sketchOf([...before, ...after]).view())
      }),
      { numRuns: 20 },
    )
  })
})

test('a name is kept in the case of its first lookup', () => {
  const one = { qname: 'abc.example.com', zone: 'example.com', qtype: 'TXT', rcode: null }
  const sketch = createNameSketch()
  sketch.add({ ...one, raw: 'aBc.example.com', at: 2 })
  sketch.add({ ...one, raw: 'ABc.example.com', at: 1 })
  sketch.add({ ...one, at: 3 })
  expect(sketch.view().sample.map(({ raw }) => raw)).toEqual(['ABc.example.com'])
})
