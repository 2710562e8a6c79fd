import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ParsedEvent } from './format'
import { formats } from './index'
import { NOW_MS } from './test-support'

const OPTIONS = { nowMs: NOW_MS, maxRecordBytes: 4_096 }

/** Every call a parser makes for some bytes cut at `cuts`. */
function callsFor(format: (typeof formats)[number], bytes: Uint8Array, cuts: readonly number[]): unknown[] {
  const calls: unknown[] = []
  const parser = format.createParser(
    {
      event: (event: ParsedEvent) => calls.push({ ...event }),
      reject: (reject) => calls.push(reject),
      skip: (reason) => calls.push(reason),
    },
    OPTIONS,
  )
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length]
  for (let at = 1; at < edges.length; at++) parser.push(bytes.subarray(edges[at - 1], edges[at]))
  parser.end()
  calls.push(parser.records)
  return calls
}

const cuts = fc.array(fc.nat(), { maxLength: 6 })

describe.each(formats.map((format) => [format.id, format] as const))('%s', (id, format) => {
  const folder = new URL(`${id}/fixtures/`, import.meta.url)
  const fixtures = readdirSync(folder).filter((name) => name !== 'SOURCE.md')
  const [fixture = Buffer.alloc(0)] = fixtures.map((name) => readFileSync(new URL(name, folder)))

  test('never throws on any bytes, and any chunking of them gives the same calls', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 600 }), cuts, (bytes, at) => {
        format.recognise(bytes)
        expect(callsFor(format, bytes, at)).toEqual(callsFor(format, bytes, []))
      }),
      { numRuns: 150 },
    )
  })

  test('the same for a real log with damage in it', () => {
    const damage = fc.array(fc.tuple(fc.nat(fixture.length - 1), fc.nat(255)), { maxLength: 12 })
    fc.assert(
      fc.property(damage, fc.nat(fixture.length), cuts, (changes, length, at) => {
        const bytes = Buffer.from(fixture.subarray(0, length))
        for (const [position, value] of changes) if (position < length) bytes[position] = value
        expect(callsFor(format, bytes, at)).toEqual(callsFor(format, bytes, []))
      }),
      { numRuns: 60 },
    )
  })

  test('samples of rejects are short', () => {
    const bytes = Buffer.concat([fixture, Buffer.alloc(20_000, 0x41), Buffer.from('\n'), Buffer.alloc(20_000, 0xff)])
    for (const call of callsFor(format, bytes, [])) {
      if (typeof call === 'object' && call !== null && 'sample' in call) expect(String(call.sample).length).toBeLessThanOrEqual(512)
    }
  })
})
