import { beforeEach, describe, expect, test } from 'vitest'
import { limitedServer, lookup } from './fixtures/limited-server'
import { bulkOf, KEY_ID, SECRET, statusesOf, type TestServer, WRONG_KIND } from './fixtures/test-server'

const { current, bulk, names } = limitedServer()
let server: TestServer
beforeEach(() => {
  server = current()
})
const elasticError = (status: number, type: string, reason: RegExp | string) => ({
  status,
  error: { type, reason: typeof reason === 'string' ? reason : expect.stringMatching(reason), root_cause: [{ type }] },
})

describe('what clients ask on connecting', () => {
  test.each([
    ['GET', '/_license?human=false', { license: { status: 'active', type: 'basic' } }],
    ['GET', '/_xpack', { license: { status: 'active' } }],
    ['GET', '/_cluster/health', { status: 'green' }],
    ['GET', '/_nodes/http', { nodes: {} }],
    ['GET', '/_ilm/policy/winlogbeat', {}],
    ['PUT', '/_ilm/policy/winlogbeat', { acknowledged: true }],
    ['PUT', '/_template/logstash', { acknowledged: true }],
    ['PUT', '/_index_template/winlogbeat-8.15.2', { acknowledged: true }],
    ['PUT', '/_component_template/x', { acknowledged: true }],
    ['PUT', '/_data_stream/winlogbeat-8.15.2', { acknowledged: true }],
    ['PUT', '/_ingest/pipeline/winlogbeat-8.15.2-routing', { acknowledged: true }],
    ['GET', '/_alias/filebeat', {}],
    ['PUT', '/%3Clogstash-%7Bnow%2Fd%7D-000001%3E', { acknowledged: true }],
    ['POST', '/_monitoring/bulk?system_id=beats', { errors: false, ignored: true }],
  ])('%s %s', async (method, path, answer) => {
    const response = await server.call(path, { method, ...(method === 'GET' ? {} : { body: '{}' }) })
    expect(response.status).toBe(200)
    expect(response.headers.get('x-elastic-product')).toBe('Elasticsearch')
    expect(await response.json()).toMatchObject(answer)
  })

  test.each(['/', '/_index_template/x', '/_template/x', '/logs-dns', '/_alias/x'])('HEAD %s finds it', async (path) => {
    const response = await server.call(path, { method: 'HEAD' })
    expect([response.status, response.headers.get('x-elastic-product'), await response.text()]).toEqual([200, 'Elasticsearch', ''])
  })

  // A Beat refuses a server with a lower version than its own.
  test.each([
    ['Elastic-Winlogbeat/9.3.1 (windows; amd64; x)', '9.3.1'],
    ['Elastic-Filebeat/8.19.4 (linux)', '8.19.4'],
    ['Filebeat/8.2.3', '8.19.0'],
    ['curl/8.0.1', '8.19.0'],
    [`Elastic-${'x'.repeat(3_000)}/99.0.0`, '8.19.0'],
  ])('%.40s is told version %s', async (userAgent, version) => {
    const answer = await (await server.call('/', { headers: { 'user-agent': userAgent } })).json()
    expect(answer).toMatchObject({
      tagline: 'You Know, for Search',
      cluster_uuid: 'q3pQb0m2T0uVwX8n1yLz5A',
      version: { number: version, build_flavor: 'default' },
    })
  })

  test('what it does not do is refused in words, and noted', async () => {
    for (const [method, path] of [
      ['GET', '/_search'],
      ['DELETE', '/logs-dns'],
      ['POST', '/_sql'],
    ] as const)
      expect(await (await server.call(path, { method })).json()).toMatchObject(
        elasticError(404, 'illegal_argument_exception', /does not answer/),
      )
    expect(server.unknown.map(({ path }) => path)).toEqual(['/_search', '/logs-dns', '/_sql'])
    expect((await server.call('/_bulk')).status).toBe(405)
  })

  test('media types of versions 8 and 9 are answered in kind', async () => {
    const accept = 'application/vnd.elasticsearch+json; compatible-with=9,text/plain'
    expect((await server.call('/', { headers: { accept } })).headers.get('content-type')).toBe(
      'application/vnd.elasticsearch+json;compatible-with=9',
    )
  })
})

describe('keys', () => {
  const with64 = (text: string) => Buffer.from(text).toString('base64')
  test.each([
    ['ApiKey base64(id:key)', `ApiKey ${with64(`${KEY_ID}:${SECRET}`)}`, 200],
    ['ApiKey base64(key)', `ApiKey ${with64(SECRET)}`, 200],
    ['ApiKey key', `apikey ${SECRET}`, 200],
    ['Basic any:key', `Basic ${with64(`anybody:${SECRET}`)}`, 200],
    ['Bearer key', `Bearer ${SECRET}`, 200],
    ['no key', '', 401],
    ['a wrong one', `ApiKey ${with64('id:wrong')}`, 401],
    ['the key as user', `Basic ${with64(`${SECRET}:x`)}`, 401],
    ['another scheme', `Digest ${SECRET}`, 401],
    ['no base64', 'ApiKey %%%', 401],
    ['very long', `Bearer ${SECRET}${'x'.repeat(10_000)}`, 401],
    ['of another kind of source', `Bearer ${WRONG_KIND}`, 403],
  ])('%s', async (_, authorization, status) => {
    for (const [path, method] of [
      ['/', 'GET'],
      ['/_bulk', 'POST'],
    ] as const) {
      const response = await server.call(path, {
        method,
        headers: { authorization },
        ...(method === 'POST' ? { body: bulkOf([lookup('a.example')]) } : {}),
      })
      expect(response.status).toBe(status)
      expect(response.headers.get('x-elastic-product')).toBe('Elasticsearch')
      if (status === 200) continue
      expect(await response.json()).toMatchObject(elasticError(status, 'security_exception', /./))
      if (status === 401) expect(response.headers.get('www-authenticate')).toContain('ApiKey')
    }
    expect(names()).toEqual(status === 200 ? ['a.example'] : [])
  })
})

describe('items are answered one by one, in order', () => {
  test('actions', async () => {
    const body = [
      { index: { _index: 'a', _type: '_doc', pipeline: 'x' } },
      lookup('index.example'),
      { create: { _id: '1', routing: 'r' } },
      lookup('create.example'),
      { create: { _id: '1' } },
      lookup('again.example'),
      { index: { _id: '1' } },
      lookup('changed.example'),
      { index: { _id: '1' } },
      lookup('changed.example'),
      { update: { _id: '1' } },
      { doc: {} },
      { delete: { _id: '1' } },
      { create: {} },
      lookup('last.example'),
    ]
      .map((line) => `${JSON.stringify(line)}\n`)
      .join('')
    const reply = await bulk(body, '/logs-dns/_bulk')
    expect(reply.errors).toBe(true)
    expect(statusesOf(reply)).toEqual([201, 201, 409, 200, 200, 400, 400, 201])
    expect(reply.items.map((item) => Object.keys(item)[0])).toEqual([
      'index',
      'create',
      'create',
      'index',
      'index',
      'update',
      'delete',
      'create',
    ])
    expect(reply.items[0]?.index).toMatchObject({ _index: 'a', result: 'created', _version: 1, _shards: { successful: 1 } })
    expect(reply.items[1]?.create).toMatchObject({ _index: 'logs-dns', _id: '1' })
    expect(reply.items[2]?.create).toMatchObject({ error: { type: 'version_conflict_engine_exception' } })
    expect(names()).toEqual(['changed.example', 'create.example', 'index.example', 'last.example'])
  })

  test.each([
    ['no JSON', '{"@timestamp":', /not JSON/],
    ['a list', '[1,2]', /no JSON object/],
    ['a text', '"x"', /no JSON object/],
    ['null', 'null', /no JSON object/],
    ['an empty line', '', /no document/],
    ['too long', JSON.stringify(lookup('x.example', { pad: 'x'.repeat(10_000) })), /longer than 10000 bytes/],
    ['too deep', `{"a":${'['.repeat(4_000)}${']'.repeat(4_000)}}`, /nested more than 16 levels/],
    ['a hostile date', JSON.stringify(lookup('x.example', { '@timestamp': `2026${'0'.repeat(5_000)}` })), /no usable time/],
  ])('a document that is %s costs itself alone', async (_, document, reason) => {
    const reply = await bulk(bulkOf([lookup('before.example')]) + bulkOf([document]) + bulkOf([lookup('after.example')]))
    expect(statusesOf(reply)).toEqual([201, 400, 201])
    expect(reply.items[1]?.create).toMatchObject({
      error: { type: expect.stringMatching(/exception$/), reason: expect.stringMatching(reason) },
    })
    expect(names()).toEqual(['after.example', 'before.example'])
  })

  test.each(['{"create":', 'hello', '{"upsert":{}}', '{"create":{},"index":{}}', '{"create":7}', '[]', '\u0000\u00ff'])(
    'a line that is no action (%j) costs one item',
    async (line) => {
      const reply = await bulk(
        `${bulkOf([lookup('before.example')])}${line}\n${JSON.stringify(lookup('lost.example'))}\n${bulkOf([lookup('after.example')])}`,
      )
      expect(statusesOf(reply)).toEqual([201, 400, 201])
      expect(names()).toEqual(['after.example', 'before.example'])
    },
  )

  test('blank lines, carriage returns and a missing last line end are no fault', async () => {
    const body = bulkOf([lookup('a.example'), lookup('b.example')]).replaceAll('\n', '\r\n')
    expect((await bulk(`\n\r\n${body}\n${bulkOf([lookup('c.example')]).trimEnd()}`)).errors).toBe(false)
    expect(names()).toEqual(['a.example', 'b.example', 'c.example'])
  })

  test('an action without its document is told so', async () => {
    expect(statusesOf(await bulk(`${bulkOf([lookup('a.example')])}{"create":{}}\n`))).toEqual([201, 400])
  })

  test('text of a log comes back as text', async () => {
    const reply = await bulk(`{"create":{"_id":"<script>\\u0000\\n\\"","_index":"\\u2028"}}\n${JSON.stringify(lookup('a.example'))}\n`)
    expect(reply.items[0]?.create).toMatchObject({ _id: '<script>\u0000\n"', _index: '\u2028', status: 201 })
  })

  test.each([
    [
      'errors,items.*.error,items.*.status',
      '{"errors":true,"items":[{"create":{"status":201}},{"create":{"error":{"type":"document_parsing_exception","reason":"the document is not JSON [not-json]"},"status":400}}]}',
    ],
    ['errors', '{"errors":true}'],
    ['-took,-items', '{"errors":true}'],
    ['items.*._id,nothing', /^\{"items":\[\{"create":\{"_id":"[^"]+"\}\},\{"create":\{"_id":"[^"]+"\}\}\]\}$/],
    ['**.status', '{"items":[{"create":{"status":201}},{"create":{"status":400}}]}'],
    [`${'*'.repeat(3_000)},${'**.'.repeat(500)}x`, /./],
  ])('filter_path=%.40s', async (filter, expected) => {
    const response = await server.bulk(bulkOf([lookup('a.example'), '{']), `/_bulk?filter_path=${encodeURIComponent(filter)}`)
    const text = await response.text()
    if (typeof expected === 'string') expect(text).toBe(expected)
    else expect(text).toMatch(expected)
  })
})

describe('a single document', () => {
  test.each([
    ['POST', '/logs-dns/_doc', 201],
    ['PUT', '/logs-dns/_doc/7', 201],
    ['PUT', '/logs-dns/_create/7', 201],
  ])('%s %s', async (method, path, status) => {
    const response = await server.call(path, { method, body: JSON.stringify(lookup('one.example'), null, 2) })
    expect([response.status, await response.json()]).toMatchObject([status, { _index: 'logs-dns', result: 'created' }])
    expect(names()).toEqual(['one.example'])
  })

  test('a bad one is the request', async () => {
    const response = await server.call('/logs-dns/_doc', { method: 'POST', body: '{' })
    expect(await response.json()).toMatchObject(elasticError(400, 'document_parsing_exception', /not JSON/))
    expect((await server.call('/logs-dns/_doc', { method: 'POST', body: '' })).status).toBe(400)
  })
})
