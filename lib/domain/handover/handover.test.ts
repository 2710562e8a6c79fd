import { lexer, type Token, walkTokens } from 'marked'
import { describe, expect, it } from 'vitest'
import { draft, NOON } from '@/lib/server/testing/temporary-context'
import type { Handover } from './handover'
import { toJson } from './json'
import { markdownText, toMarkdown } from './markdown'

const HOSTILE = [
  '`code` ``` fence',
  '[click](javascript:alert(1))',
  '![x](http://evil.example/x.png)',
  '<script>alert(1)</script><img src=x onerror=alert(1)>',
  'a | b | c',
  '# heading',
  '=HYPERLINK("http://evil.example")',
  'https://evil.example/ and www.evil.example and <http://evil.example>',
  '1. list',
  '- list',
  '&lt;b&gt; &#x3c;',
  '@everyone #123 $x^2$ ~~gone~~ **bold** __bold__',
  'right\u202eleft\u0007bell\u001b[31m',
  '\\`escaped\\',
] as const

const LIVE = new Set(['link', 'image', 'html', 'code', 'codespan', 'strong', 'em', 'del', 'heading', 'table', 'list'])

function liveTokens(markdown: string): string[] {
  const found: string[] = []
  walkTokens(lexer(markdown), (token: Token) => {
    if (LIVE.has(token.type)) found.push(token.type)
  })
  return found
}

function handover(text: string): Handover {
  const person = { userId: 'u', name: text }
  const alarm = { ...draft({ id: 'ALM-1', zone: text, source: text, hostName: text, userName: text, summary: text }) }
  const { evidence: _, scoreTerms: __, ...row } = alarm
  const shown = { ...row, status: 'escalated', decision: null, owner: null, suppressedByEntryId: null, version: 1, updatedAt: NOON }
  const list = { values: [text], omitted: 3 }
  return {
    detail: {
      escalation: {
        id: 'ESC-0001',
        number: 1,
        title: text,
        status: 'open',
        owner: person,
        createdAt: NOON,
        createdBy: person,
        updatedAt: NOON,
        version: 1,
        mergedIntoId: null,
      },
      alarms: [{ ...shown, noteCount: 0, sparkline: [] } as unknown as Handover['detail']['alarms'][number]],
      tasks: [{ id: 't', text, detector: null, assignee: null, addedByName: text, addedAt: NOON, done: { ...person, at: NOON } }],
      history: [
        {
          id: 'e',
          escalationId: 'ESC-0001',
          at: NOON,
          action: 'noted',
          byUserId: 'u',
          byName: text,
          note: `${text}\n${text}`,
          detail: text,
          undoneById: null,
          canUndo: true,
        },
      ],
    },
    indicators: { zones: list, sampleNames: list, hosts: list, users: list, servers: list },
    detectorTitles: {},
    sourceNames: { 'ALM-1': text },
    writtenAt: NOON,
    writtenBy: person,
  }
}

const PLAIN = liveTokens(toMarkdown(handover('plain')))

describe('Markdown', () => {
  it.each(HOSTILE)('shows %j and reads nothing into it', (text) => {
    expect(liveTokens(markdownText(text))).toEqual([])
    expect(liveTokens(toMarkdown(handover(text)))).toEqual(PLAIN)
  })

  it('keeps every row of the table whole', () => {
    const row = toMarkdown(handover('a | b'))
      .split('\n')
      .find((line) => line.startsWith('| ALM-1'))
    expect(row?.replaceAll('\\|', '').split('|')).toHaveLength(10)
  })

  it('writes control characters so that they are seen', () => {
    const text = toMarkdown(handover('a\u202eb\u001bc'))
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    expect(text).toContain('\\u{202e}')
    expect(text).toContain('\\027')
  })

  it('says what is attached, done and left out', () => {
    const text = toMarkdown(handover('plain'))
    expect(text).toContain('- Attached: 1 of 1 alarms; 1 of 1 steps done')
    expect(text).toContain('- [x] plain — plain, 2026-11-21 12:00:00Z')
    expect(text).toContain('### Domains (3 more are not listed)')
  })

  it('defangs names', () => {
    const text = toMarkdown(handover('a.evil.example'))
    expect(text).not.toContain('| a.evil.example')
    expect(text).toContain('a[.]evil[.]example')
  })
})

describe('JSON', () => {
  it.each(HOSTILE)('holds %j exactly, and no character that a viewer acts on', (text) => {
    const json = toJson(handover(text))
    expect(json).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u)
    const parsed = JSON.parse(json)
    expect(parsed).toMatchObject({ type: 'report', id: 'ESC-0001', name: text, owner: text })
    expect(parsed.observed_data[0]).toMatchObject({ domain_name: text, description: text })
    expect(parsed.timeline.at(-1).note).toBe(`${text}\n${text}`)
  })

  it('quotes what ends a STIX literal', () => {
    const [first] = JSON.parse(toJson(handover("a'b\\c"))).indicators.zones.values
    expect(first).toEqual({ value: "a'b\\c", pattern_type: 'stix', pattern: "[domain-name:value = 'a\\'b\\\\c']" })
  })
})
