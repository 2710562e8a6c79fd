import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createBulkCommand } from './bulk-command'
import { secretsOf } from './credentials'
import { pathFilter } from './filter-path'

const NOW = Date.UTC(2026, 10, 21, 12)

function command() {
  const delivered: number[] = []
  let ids = 0
  const bulk = createBulkCommand({
    intake: {
      place: () => null,
      accept: ({ batch }) => {
        delivered.push(batch.records)
        return { added: batch.events.length, duplicates: 0 }
      },
    },
    isLive: () => true,
    now: () => NOW,
    newId: () => `id-${++ids}`,
    pause: () => Promise.resolve(),
    limits: { maxDocumentBytes: 4_096, maxDocuments: 1_000, maxDepth: 32 },
  })
  return { bulk: (body: Uint8Array) => bulk({ logSourceId: 'elastic-1', defaultIndex: null, filterPath: null }, body), delivered }
}

/** Keys and words that documents of senders hold, so that the parsers behind are reached. */
const word = fc.oneof(
  fc.constantFrom(
    '@timestamp',
    'dns',
    'question',
    'name',
    'winlog',
    'event_data',
    'event',
    'message',
    'log',
    'zeek',
    'suricata',
    'eve',
    'ts',
    'query',
  ),
  fc.constantFrom(
    'id.orig_h',
    '10.0.0.1',
    '2026-11-21T10:00:00Z',
    '#fields\tts\tquery',
    '{"ts":1}',
    'client 10.0.0.1#1 (a): query: a IN A',
    'named',
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
)
const document = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    word,
    fc.double(),
    fc.constant(null),
    fc.boolean(),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.dictionary(word, tie('value'), { maxKeys: 5 }),
})).object
const action = fc.constantFrom(
  '{"create":{}}',
  '{"index":{"_id":"1"}}',
  '{"delete":{}}',
  '{"update":{}}',
  '{"create":{"_id":"1","_index":"x"}}',
)

test('any documents give one item an action, in order, and are delivered once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(action, document), { minLength: 1, maxLength: 8 }), async (pairs) => {
      const { bulk, delivered } = command()
      const lines = pairs.flatMap(([what, body]) => (what.startsWith('{"delete"') ? [what] : [what, JSON.stringify(body)]))
      const result = await bulk(Buffer.from(`${lines.join('\n')}\n`))
      if (result.kind !== 'done') throw new Error(result.kind)
      const items = JSON.parse(result.items) as readonly Record<string, { readonly status: number }>[]
      expect(items.map((item) => Object.keys(item)[0])).toEqual(pairs.map(([what]) => Object.keys(JSON.parse(what))[0]))
      expect(delivered).toHaveLength(1)
    }),
    { numRuns: 300 },
  )
})

test('any bytes are answered', async () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.array(fc.oneof(action, word), { maxLength: 10 }).map((lines) => Buffer.from(lines.join('\n'))),
  )
  await fc.assert(
    fc.asyncProperty(bytes, async (body) => {
      const result = await command().bulk(body)
      if (result.kind === 'done') expect(Array.isArray(JSON.parse(result.items))).toBe(true)
      else expect(result).toMatchObject({ kind: 'refused', status: 400 })
    }),
    { numRuns: 500 },
  )
})

test('any header and any filter are taken', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.array(fc.string({ maxLength: 8 }), { maxLength: 5 }), (text, path) => {
      for (const header of [text, `ApiKey ${text}`, `Basic ${text}`]) expect(secretsOf(header)).not.toContain('')
      expect(typeof pathFilter(text)(path)).toBe('boolean')
    }),
  )
})
