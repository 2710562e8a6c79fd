import { describe, expect, test } from 'vitest'
import type { ListAlarmsResponse } from '@/lib/api/contracts/alarms'
import type { EvidenceMinute } from '@/lib/domain/evidence'
import { toCsv } from './csv'
import { ALLOW_SHEET, CLOSE_SHEET, type SheetState, sheetKey } from './decision-keys'
import { defang } from './defang'
import { topTypes, toSeries } from './evidence-series'
import { toGuide } from './guide-document'
import { liveDiff, withFreshFigures } from './live-diff'
import { toTree } from './process-panel'
import { testRow } from './testing-alarm'

describe('keys of the decision sheet', () => {
  test.each([
    ['1', 'true-positive'],
    ['2', 'authorised-test'],
    ['4', 'false-positive'],
    ['5', 'duplicate'],
  ])('e then %s stores %s at once', (key, reason) => {
    expect(sheetKey(CLOSE_SHEET, key)).toEqual({ do: 'close', reason, family: null })
  })

  test('3 waits for its family, which then stores', () => {
    const waiting: SheetState = { kind: 'close', reason: 'benign-positive', family: null, allowlist: false }
    expect(sheetKey(CLOSE_SHEET, '3')).toEqual({ do: 'show', state: waiting })
    expect(sheetKey(waiting, 'b')).toEqual({ do: 'close', reason: 'benign-positive', family: 'cdn' })
  })

  test('6 waits for its note', () => {
    expect(sheetKey(CLOSE_SHEET, '6')).toMatchObject({ do: 'show', state: { reason: 'undetermined' } })
  })

  test('nothing that adds an allowlist entry is stored by a single key', () => {
    for (const key of '234') expect(sheetKey(ALLOW_SHEET, key).do).toBe('show')
    for (const key of '156') expect(sheetKey(ALLOW_SHEET, key).do).toBe('nothing')
    const cdn: SheetState = { kind: 'close', reason: 'benign-positive', family: null, allowlist: true }
    expect(sheetKey(cdn, 'b')).toEqual({ do: 'show', state: { ...cdn, family: 'cdn' } })
  })

  test('a letter without a 3 before it, and keys of no sheet, do nothing', () => {
    expect(sheetKey(CLOSE_SHEET, 'b').do).toBe('nothing')
    expect(sheetKey({ kind: 'note' }, '1').do).toBe('nothing')
    expect(sheetKey({ kind: 'escalate' }, 'Enter').do).toBe('confirm')
  })
})

describe('what leaves the page', () => {
  test('a CSV document starts with a byte-order mark and ends its records with CRLF', () => {
    expect(toCsv(['a', 'b'], [[1, null]])).toBe('\uFEFFa,b\r\n1,\r\n')
  })

  test('a copied name is no link and hides no character', () => {
    expect(defang('http.evil.example')).toBe('hxxp[.]evil[.]example')
    expect(defang('a\u202Egnp.example')).toBe('a\\u{202e}gnp[.]example')
  })
})

describe('liveDiff', () => {
  const page = (ids: readonly string[], nextCursor: string | null = null): ListAlarmsResponse => ({
    rows: ids.map((id) => testRow({ id })),
    nextCursor,
    total: ids.length,
    counts: { status: {}, severity: {}, detector: {} },
    changeNumber: 2,
  })
  const shown = ['a', 'b', 'c'].map((id) => testRow({ id }))

  test.each([
    ['nothing moved', ['a', 'b', 'c'], null, true, 0, []],
    ['one came in above', ['n', 'a', 'b', 'c'], null, true, 1, []],
    ['one came in below a complete list', ['a', 'b', 'c', 'n'], null, true, 1, []],
    ['rows of page two are not new', ['a', 'b', 'c', 'd', 'e'], 'x', false, 0, []],
    ['somebody closed one', ['a', 'c'], null, true, 0, ['b']],
    ['a full first page says nothing of rows below it', ['n', 'a', 'b'], 'x', false, 1, []],
  ])('%s', (_name, fresh, cursor, complete, added, gone) => {
    const diff = liveDiff(shown, complete, page(fresh, cursor))
    expect({ added: diff.added, gone: [...diff.gone] }).toEqual({ added, gone })
  })

  test('newer figures reach a row without moving it', () => {
    const now = page(['c', 'a'])
    const grown = { ...now, rows: now.rows.map((row) => ({ ...row, queries: 999, updatedAt: row.updatedAt + 1 })) }
    expect(withFreshFigures(shown, grown).map((row) => [row.id, row.queries])).toEqual([
      ['a', 999],
      ['b', 312],
      ['c', 999],
    ])
  })
})

describe('evidence over time', () => {
  const minute = (at: number, queries: number): EvidenceMinute => ({
    at,
    queries,
    distinctNames: queries,
    entropyBits: queries,
    length: 10,
    byType: { TXT: queries },
  })

  test('silent minutes are zeros, means weigh by distinct names', () => {
    const { stepMs, buckets } = toSeries([minute(0, 2), minute(120_000, 4)])
    expect(stepMs).toBe(60_000)
    expect(buckets.map(({ queries, entropyBits }) => [queries, entropyBits])).toEqual([
      [2, 2],
      [0, null],
      [4, 4],
    ])
  })

  test('a day of minutes becomes at most 120 buckets that lose no query', () => {
    const { stepMs, buckets } = toSeries(Array.from({ length: 1_440 }, (_, index) => minute(index * 60_000, 1)))
    expect(stepMs).toBe(15 * 60_000)
    expect(buckets).toHaveLength(96)
    expect(buckets.reduce((sum, bucket) => sum + bucket.queries, 0)).toBe(1_440)
  })

  test('no minutes, no buckets', () => {
    expect(toSeries([]).buckets).toEqual([])
    expect(topTypes({ A: 1, TXT: 9, MX: 1 }, 2)).toEqual(['TXT', 'A'])
  })
})

describe('toGuide', () => {
  test('sections hold steps as text; markup, links and images of the author are words', () => {
    const guide = toGuide(
      '# T\n\n## Investigate\n\n1. Look at **names** and `dig`\n2. See [here](http://x.example) ![pic](http://y.example/a.png)\n\n<script>alert(1)</script>\n',
    )
    expect(guide.map((section) => section.title)).toEqual(['Investigate'])
    const text = JSON.stringify(guide)
    expect(text).toContain('"kind":"strong","text":"names"')
    expect(text).toContain('<script>alert(1)</script>')
    expect(text).not.toContain('http://')
  })
})

test('a flattened process tree gets its branches back', () => {
  const node = (name: string, depth: number) => ({
    name,
    depth,
    executable: null,
    commandLine: null,
    pid: null,
    entityId: null,
    user: null,
    starts: 0,
    firstAt: null,
  })
  const tree = toTree([node('explorer', 0), node('cmd', 1), node('nslookup', 2), node('ps', 1)])
  expect(tree).toMatchObject([{ name: 'explorer', children: [{ name: 'cmd', children: [{ name: 'nslookup' }] }, { name: 'ps' }] }])
})
