import { inflateSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draft, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { createEscalation } from './create-escalation'
import { handOver } from './hand-over'
import { printable } from './handover-pdf'
import { noteEscalation } from './note-escalation'

let temporary: TemporaryContext
beforeEach(() => {
  temporary = temporaryContext()
})
afterEach(() => temporary.dispose())

const ascii = (codePoint: number) => codePoint < 0x80

describe('text of a page', () => {
  it.each([
    ['a\u202eb', 'a\\u{202e}b'],
    ['bell\u0007', 'bell\\007'],
    ['пример', '\\u{43f}\\u{440}\\u{438}\\u{43c}\\u{435}\\u{440}'],
  ])('%j is drawn or escaped', (text, drawn) => {
    expect(printable(text, ascii)).toBe(drawn)
  })

  it('escapes script from right to left even when the font has it', () => {
    expect(printable('aש', () => true)).toBe('a\\u{5e9}')
  })

  it('gives a name of 253 characters places to break', () => {
    const parts = printable('a'.repeat(253), ascii).split('\u200b')
    expect(Math.max(...parts.map(({ length }) => length))).toBeLessThanOrEqual(60)
    expect(parts.join('')).toBe('a'.repeat(253))
  })
})

/** Every stream of a PDF, inflated where it is compressed. */
function streamsOf(pdf: Buffer): string[] {
  const streams: string[] = []
  for (let at = pdf.indexOf('stream\n'); at !== -1; at = pdf.indexOf('stream\n', at + 7)) {
    const end = pdf.indexOf('\nendstream', at)
    const bytes = pdf.subarray(at + 7, end)
    try {
      streams.push(inflateSync(bytes).toString('latin1'))
    } catch {
      streams.push(bytes.toString('latin1'))
    }
  }
  return streams
}

describe('the file', () => {
  it('is a PDF with its own fonts, links and scripts of none, and as many pages as it needs', async () => {
    const ctx = temporary.as('analyst', 'Ana')
    const hostile = `${'x'.repeat(63)}.${'y'.repeat(63)}.evil.example`
    const ids = Array.from({ length: 40 }, (_, index) => `ALM-${index}`)
    temporary.stores.alarmSink.upsert(
      ids.map((id) => draft({ id, source: id, zone: hostile, summary: '/JavaScript (app.alert(1)) \u202e https://evil.example 例え' })),
      NOON,
    )
    await createEscalation(ctx, { alarmIds: ids, title: null, note: 'first line\nsecond line' })
    await noteEscalation(ctx, { escalationId: 'ESC-0001', text: ') Tj /URI (http://evil.example)' })
    const { name, type, bytes } = await handOver(ctx, { escalationId: 'ESC-0001', format: 'pdf' })
    const pdf = Buffer.from(bytes)
    expect([name, type]).toEqual(['dowser-ESC-0001.pdf', 'application/pdf'])
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    const objects = pdf.toString('latin1').replaceAll(/stream\n[\s\S]*?\nendstream/g, '')
    expect(objects).toContain('/FontFile2')
    expect(objects).not.toMatch(/\/(JavaScript|JS|URI|Annots|OpenAction|Launch)\b/)
    expect(Number(/\/Count (\d+)/.exec(objects)?.[1])).toBeGreaterThan(2)
    // Text is drawn as glyph numbers, so that nothing of a log stands in a stream as a string of the page's language.
    expect(streamsOf(pdf).filter((stream) => stream.includes('evil') || stream.includes('JavaScript'))).toEqual([])
  })
})
