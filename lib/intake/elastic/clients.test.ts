import { execFile, spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { Client } from '@elastic/elasticsearch'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { debianProgram } from '@/scripts/run/debian.mjs'
import { bulkOf, KEY_ID, SECRET, startTestServer, type TestServer } from './fixtures/test-server'

/** Real clients against the handler on a real socket and the real event store. */

const COUNT = 500
const NAMED = (at: number) => `client @0x7f1 10.0.0.5#${10_000 + at} (q${at}.t.example): query: q${at}.t.example IN TXT +E(0)K (10.0.0.53)`

let work: string
let server: TestServer
beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'dowser-clients-'))
})
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())
afterAll(() => rmSync(work, { recursive: true, force: true }))

async function until(condition: () => boolean, what: () => string): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`waited 30 s in vain: ${what()}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** Runs a daemon in the foreground until the work is done. */
async function during(path: string, args: readonly string[], env: Readonly<Record<string, string>>, done: () => boolean): Promise<void> {
  // biome-ignore lint/style/noProcessEnv: a daemon needs what every program gets
  const child = spawn(path, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (said += bytes))
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  let failure: Error | null = null
  child.once('error', (error) => {
    failure = error
  })
  try {
    await until(
      () => done() || failure !== null || child.exitCode !== null,
      () => said.slice(-2_000),
    )
  } finally {
    child.kill('SIGTERM')
    await ended
  }
  if (!done()) throw new Error(`${path} ended early: ${failure ?? said.slice(-2_000)}`)
}

const storedNames = () => new Set(server.lookups().map((event) => event.qname))

describe('the official client', () => {
  const client = (more: object = {}) => new Client({ node: server.url, auth: { apiKey: { id: KEY_ID, api_key: SECRET } }, ...more })
  const documents = () =>
    Array.from({ length: COUNT }, (_, at) => ({
      '@timestamp': new Date(Date.UTC(2026, 10, 1) + at).toISOString(),
      dns: { question: { name: `q${at}.t.example`, type: 'TXT' }, id: String(at), type: 'query' },
      source: { ip: '10.0.0.5', port: 4_000 + at },
      network: { protocol: 'dns' },
    }))

  test.each([false, true])('brings documents with its bulk helper, compressed: %s', async (compression) => {
    const elastic = client({ compression })
    expect(await elastic.ping()).toBe(true)
    expect((await elastic.info()).tagline).toBe('You Know, for Search')
    const help = () =>
      elastic.helpers.bulk({
        datasource: documents(),
        onDocument: () => ({ create: { _index: 'logs-dns' } }),
        flushBytes: 20_000,
        concurrency: 3,
      })
    expect(await help()).toMatchObject({ total: COUNT, failed: 0, successful: COUNT })
    expect(await help()).toMatchObject({ failed: 0 })
    expect(server.lookups()).toHaveLength(COUNT)
    expect(storedNames().size).toBe(COUNT)
    await elastic.close()
  })

  test('is told which document is bad, and drops only that', async () => {
    const elastic = client()
    const dropped: unknown[] = []
    const result = await elastic.helpers.bulk({
      datasource: [...documents().slice(0, 3), { ...documents()[3], '@timestamp': 'yesterday' }],
      onDocument: () => ({ index: { _index: 'logs-dns' } }),
      onDrop: ({ status, error }) => dropped.push({ status, type: error?.type }),
    })
    expect(result).toMatchObject({ successful: 3, failed: 1 })
    expect(dropped).toEqual([{ status: 400, type: 'document_parsing_exception' }])
    await elastic.close()
  })

  const all = () => documents().flatMap((document) => [{ create: { _index: 'x' } }, document])

  test('hears that it shall wait, and loses and doubles nothing when it sends again', async () => {
    let isFull = true
    server.beforeAccept = () => {
      if (isFull) throw Object.assign(new Error('wait'), { code: 'overloaded', retryAfterSeconds: 7 })
    }
    const elastic = client()
    await expect(elastic.bulk({ operations: all() })).rejects.toMatchObject({ statusCode: 429, meta: { headers: { 'retry-after': '7' } } })
    expect(server.lookups()).toHaveLength(0)
    isFull = false
    for (let times = 0; times < 2; times++) expect((await elastic.bulk({ operations: all() })).errors).toBe(false)
    expect(server.lookups()).toHaveLength(COUNT)
    await elastic.close()
  })

  test('comes through a restart of the engine by itself', async () => {
    let failures = 2
    server.beforeAccept = () => {
      failures -= 1
      if (failures >= 0) throw Object.assign(new Error('restarting'), { code: 'unavailable' })
    }
    const elastic = client({ maxRetries: 5, retryBackoff: () => 0 })
    expect((await elastic.bulk({ operations: all() })).errors).toBe(false)
    expect(server.lookups()).toHaveLength(COUNT)
    await elastic.close()
  })

  test('adds single documents and meets the version conflict it expects', async () => {
    const elastic = client()
    const document = documents()[0] ?? {}
    expect(await elastic.index({ index: 'logs-dns', document })).toMatchObject({ result: 'created' })
    const create = () => elastic.create({ index: 'logs-dns', id: '7', document: { ...document, source: { ip: '10.0.0.6' } } })
    expect(await create()).toMatchObject({ _id: '7' })
    await expect(create()).rejects.toMatchObject({ statusCode: 409 })
    expect(server.lookups()).toHaveLength(2)
    await elastic.close()
  })

  test('is turned away with a wrong key', async () => {
    const elastic = client({ auth: { apiKey: 'd3Jvbmc=' } })
    await expect(elastic.bulk({ operations: [{ create: {} }, {}] })).rejects.toMatchObject({ statusCode: 401 })
    await elastic.close()
  })
})

describe('rsyslog', () => {
  test('brings log lines with omelasticsearch', async () => {
    const { path, env, file } = await debianProgram('rsyslogd')
    const modules = dirname(file('omelasticsearch.so') ?? '')
    const input = join(work, 'rsyslog-input.log')
    writeFileSync(input, Array.from({ length: COUNT }, (_, at) => `Nov 20 10:00:00 ns1 named[812]: ${NAMED(at)}\n`).join(''))
    const config = join(work, 'rsyslog.conf')
    writeFileSync(
      config,
      `global(workDirectory="${work}" net.enableDNS="off")
module(load="imfile")
module(load="omelasticsearch")
template(name="raw" type="list" option.jsonf="on") {
  property(outname="@timestamp" name="timereported" dateFormat="rfc3339" format="jsonf")
  property(outname="message" name="msg" format="jsonf")
}
input(type="imfile" File="${input}" Tag="dns:" ruleset="elastic")
ruleset(name="elastic") {
  action(type="omelasticsearch" server="127.0.0.1" serverport="${new URL(server.url).port}" uid="${KEY_ID}" pwd="${SECRET}"
         template="raw" searchIndex="logs-dns" searchType="" bulkmode="on" maxbytes="64k"
         queue.type="linkedlist" queue.size="5000" queue.dequeuebatchsize="200" action.resumeretrycount="-1")
}
`,
    )
    await during(path, ['-n', '-f', config, '-i', join(work, 'rsyslog.pid'), '-M', modules], env, () => storedNames().size >= COUNT)
    expect(server.lookups()).toHaveLength(COUNT)
    expect(server.lookups()[0]).toMatchObject({ format: 'bind', source: '10.0.0.5', qtype: 'TXT' })
  })
})

describe('syslog-ng', () => {
  test('brings parsed messages with elasticsearch-http', async () => {
    const { path, env, file } = await debianProgram('syslog-ng')
    const input = join(work, 'syslog-ng-input.log')
    writeFileSync(input, Array.from({ length: COUNT }, (_, at) => `<30>Nov 20 10:00:00 ns1 named[812]: ${NAMED(at)}\n`).join(''))
    const config = join(work, 'syslog-ng.conf')
    writeFileSync(
      config,
      `@version: 3.38
options { keep-hostname(yes); };
@include "${file('elastic-http.conf')}"
source s_file { file("${input}" follow-freq(1)); };
destination d_elastic {
  elasticsearch-http(url("${server.url}/_bulk") index("logs-dns") type("") user("${KEY_ID}") password("${SECRET}") batch_lines(100) batch_timeout(200) workers(1));
};
log { source(s_file); destination(d_elastic); };
`,
    )
    const modules = dirname(file('libhttp.so') ?? '')
    const state = ['--persist-file', join(work, 'ng.persist'), '--pidfile', join(work, 'ng.pid'), '--control', join(work, 'ng.ctl')]
    await during(
      path,
      ['--foreground', '--stderr', '--no-caps', '--cfgfile', config, '--module-path', modules, ...state],
      env,
      () => storedNames().size >= COUNT,
    )
    expect(server.lookups()).toHaveLength(COUNT)
    expect(server.lookups()[0]).toMatchObject({ format: 'bind', source: '10.0.0.5', sensor: 'ns1' })
  })
})

describe('curl', () => {
  const curl = async (...args: readonly string[]) => (await promisify(execFile)('curl', ['--silent', '--show-error', ...args])).stdout
  const document = {
    '@timestamp': '2026-11-01T00:00:00Z',
    dns: { question: { name: 'curl.example', type: 'A' } },
    source: { ip: '10.0.0.5' },
  }

  test('sends a gzipped file in pieces, having asked whether it may', async () => {
    const file = join(work, 'bulk.ndjson')
    writeFileSync(file, bulkOf([document]))
    await promisify(execFile)('gzip', ['--force', file])
    const headers = ['content-type: application/x-ndjson', 'content-encoding: gzip', 'transfer-encoding: chunked', 'expect: 100-continue']
    const answer = await curl(
      ...['--user', `any:${SECRET}`, '--data-binary', `@${file}.gz`, ...headers.flatMap((header) => ['--header', header])],
      `${server.url}/logs-dns/_bulk`,
    )
    expect(JSON.parse(answer)).toMatchObject({ errors: false, items: [{ create: { status: 201 } }] })
    expect(server.lookups()).toMatchObject([{ qname: 'curl.example' }])
  })
})
