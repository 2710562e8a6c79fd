import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { lookup } from './fixtures/limited-server'
import { bulkOf, startTestServer, statusesOf, type TestServer } from './fixtures/test-server'

/*
 * What clients call before they send, in order, and what each looks at in the answer before it goes on. From their public
 * sources: elastic/beats libbeat (eslegclient, licenser, idxmgmt/lifecycle, template), logstash-output-elasticsearch
 * (http_client/pool, license_checker, template_manager), vectordotdev/vector sinks/elasticsearch. The programs themselves
 * are in no package archive that tests may fetch from; rsyslog, syslog-ng and the libraries run in clients.test.ts.
 */
type Look = (answer: { readonly status: number; readonly product: string | null; readonly body: Record<string, unknown> }) => boolean
type Step = readonly [method: string, path: string, look: Look]

const found: Look = ({ status }) => status === 200
const agreed: Look = ({ status }) => status < 300
const isProduct: Look = ({ status, product }) => status === 200 && product === 'Elasticsearch'
const versionOf = (body: Record<string, unknown>): number[] =>
  String(Reflect.get(Object(body.version), 'number'))
    .split('.')
    .map(Number)
/** A Beat goes on when the server is at least of its own minor version. */
const isNotOlderThan =
  (major: number, minor: number): Look =>
  ({ status, body }) => {
    const [itsMajor = 0, itsMinor = 0] = versionOf(body)
    return status === 200 && (itsMajor > major || (itsMajor === major && itsMinor >= minor))
  }
const isStateful: Look = ({ body }) => Reflect.get(Object(body.version), 'build_flavor') !== 'serverless'
const isLicensed: Look = ({ status, body }) => {
  const license = Object(body.license)
  return status === 200 && license.status === 'active' && license.type === 'basic' && /^[0-9a-zA-Z-]{20,}$/.test(String(license.uid))
}
const all =
  (...looks: readonly Look[]): Look =>
  (answer) =>
    looks.every((look) => look(answer))

const beat = (name: string, version: string, major: number, minor: number, template: string): readonly Step[] => [
  ['GET', '/', all(isProduct, isNotOlderThan(major, minor), isStateful)],
  ['GET', '/_license?human=false', isLicensed],
  ['GET', '/', ({ body }) => String(body.cluster_uuid).length > 10],
  ['GET', `/_ilm/policy/${name}`, found],
  ['PUT', `/_ilm/policy/${name}`, agreed],
  ['HEAD', `/${template}/${name}-${version}`, found],
  ['PUT', `/${template}/${name}-${version}`, agreed],
]

const FLOWS: readonly (readonly [name: string, userAgent: string, steps: readonly Step[]])[] = [
  [
    'Winlogbeat 8.15',
    'Elastic-Winlogbeat/8.15.2 (windows; amd64; abc; 2024-09-01)',
    [
      ...beat('winlogbeat', '8.15.2', 8, 15, '_index_template'),
      ['GET', '/_data_stream/winlogbeat-8.15.2', found],
      ['PUT', '/_data_stream/winlogbeat-8.15.2', agreed],
      ['GET', '/_ingest/pipeline/winlogbeat-8.15.2-routing', found],
      ['PUT', '/_ingest/pipeline/winlogbeat-8.15.2-sysmon', agreed],
    ],
  ],
  ['Packetbeat 9.3', 'Elastic-Packetbeat/9.3.1 (linux; amd64; abc; 2026-01-01)', beat('packetbeat', '9.3.1', 9, 3, '_index_template')],
  [
    'Filebeat 7.17',
    'Elastic-Filebeat/7.17.27 (linux; amd64; abc; 2024-01-01)',
    [['GET', '/_xpack', found], ...beat('filebeat', '7.17.27', 7, 17, '_template'), ['HEAD', '/_alias/filebeat-7.17.27', found]],
  ],
  [
    'Elastic Agent 9.1, with monitoring',
    'Elastic-Elastic-Agent/9.1.0 (linux; amd64; abc; 2025-07-01)',
    [
      ['GET', '/', all(isProduct, isNotOlderThan(9, 1))],
      ['GET', '/_license?human=false', isLicensed],
      [
        'POST',
        '/_monitoring/bulk?system_id=beats&system_api_version=7&interval=10s',
        ({ status, body }) => status === 200 && body.errors === false,
      ],
    ],
  ],
  [
    'Logstash 8',
    'Elastic-logstash-output-elasticsearch/11.22.9 (logstash/8.15.0; java/17)',
    [
      ['HEAD', '/', isProduct],
      ['GET', '/', all(isProduct, ({ body }) => Number.isInteger(versionOf(body)[0]))],
      ['GET', '/_license', isLicensed],
      ['HEAD', '/_index_template/ecs-logstash', found],
      ['PUT', '/_index_template/ecs-logstash', agreed],
      ['GET', '/_nodes/http', ({ status, body }) => status === 200 && typeof body.nodes === 'object'],
    ],
  ],
  [
    'Vector',
    'Vector/0.45.0 (x86_64-unknown-linux-gnu)',
    [
      ['GET', '/_cluster/health', found],
      ['GET', '/', ({ body }) => Number.isInteger(versionOf(body)[0])],
    ],
  ],
]

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.close())

describe.each(FLOWS)('%s', (name, userAgent, steps) => {
  test.each(steps)('is satisfied by the answer to %s %s', async (method, path, look) => {
    const hasBody = method === 'PUT' || method === 'POST'
    const response = await server.call(path, { method, headers: { 'user-agent': userAgent }, ...(hasBody && { body: '{}\n' }) })
    const text = await response.text()
    const body: Record<string, unknown> = text === '' ? {} : JSON.parse(text)
    const answer = { status: response.status, product: response.headers.get('x-elastic-product'), body }
    expect(look(answer), JSON.stringify(answer)).toBe(true)
  })

  test('then sends, and every document is answered as created', async () => {
    const { status, text } = await server
      .bulk(
        bulkOf([lookup(`${name.toLowerCase().replace(/[^a-z]/g, '')}.example`)]),
        '/_bulk?filter_path=errors,items.*.error,items.*.status',
        {
          'user-agent': userAgent,
        },
      )
      .then(async (response) => ({ status: response.status, text: await response.text() }))
    expect(status).toBe(200)
    // Vector looks for the text itself.
    expect(text).toContain('"errors":false')
    expect(statusesOf(JSON.parse(text))).toEqual([201])
  })
})
