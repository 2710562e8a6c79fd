import pinoElastic from 'pino-elasticsearch'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ElasticsearchTransport } from 'winston-elasticsearch'
import { until } from '../stream/fixtures/test-stream'
import { KEY_ID, SECRET, startTestServer, type TestServer } from './fixtures/test-server'

/** Loggers of Node programs, as a collector that is one would use them, with the client of Elasticsearch each brings along. */

const COUNT = 200
let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const auth = { apiKey: { id: KEY_ID, api_key: SECRET } }
const lookups = () =>
  Array.from({ length: COUNT }, (_, n) => ({
    '@timestamp': new Date(Date.UTC(2026, 10, 1) + n).toISOString(),
    event: { kind: 'event', category: ['network'], dataset: 'dns' },
    network: { protocol: 'dns' },
    dns: { type: 'query', id: String(n), question: { name: `q${n}.t.example`, type: 'TXT' } },
    source: { ip: '10.0.0.5', port: 4_000 + n },
  }))
const expectAll = async () => {
  await until(() => server.lookups().length === COUNT)
  expect(new Set(server.lookups().map(({ qname }) => qname)).size).toBe(COUNT)
  expect(server.failures).toEqual([])
}

test('pino-elasticsearch brings what a program logs', async () => {
  const stream = pinoElastic({ node: server.url, auth, index: 'logs-dns', flushBytes: 10_000, flushInterval: 200 })
  const failed: unknown[] = []
  stream.on('error', (error) => failed.push(error))
  stream.on('insertError', (error) => failed.push(error))
  for (const lookup of lookups()) stream.write(`${JSON.stringify({ time: lookup['@timestamp'], ...lookup })}\n`)
  stream.end()
  await expectAll()
  expect(failed).toEqual([])
})

test('winston-elasticsearch sets its template up, waits for health, and brings what a program logs', async () => {
  const transport = new ElasticsearchTransport({
    clientOpts: { node: server.url, auth },
    ...{ index: 'logs-dns', flushInterval: 100, healthCheckTimeout: '5s' },
    // As a program does whose log already has the fields of ECS.
    transformer: ({ meta }: { readonly meta?: object }) => ({ ...meta }) as never,
  })
  const failed: unknown[] = []
  transport.on('warning', (error) => failed.push(error))
  transport.on('error', (error) => failed.push(error))
  for (const lookup of lookups()) transport.log?.({ level: 'info', message: '', ...lookup }, () => {})
  await expectAll()
  await transport.flush()
  expect(failed).toEqual([])
  expect(server.requests.some(({ url }) => url.startsWith('/_cluster/health'))).toBe(true)
})
