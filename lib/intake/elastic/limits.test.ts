import { request as httpRequest } from 'node:http'
import { gzipSync } from 'node:zlib'
import { beforeEach, describe, expect, test } from 'vitest'
import { limitedServer, lookup } from './fixtures/limited-server'
import { bulkOf, SECRET, type TestServer } from './fixtures/test-server'

const { current, startAgain, bulk, names } = limitedServer()
let server: TestServer
beforeEach(() => {
  server = current()
})

describe('requests that are cut off store nothing', () => {
  const many = (count: number) => bulkOf(Array.from({ length: count }, (_, at) => lookup(`q${at}.example`)))
  test.each<readonly [string, string | Uint8Array, Record<string, string>, number, RegExp]>([
    ['no body', '', {}, 400, /body is required/],
    ['no bulk at all', 'hello\nworld\n', {}, 400, /no newline-delimited JSON/],
    ['documents without actions', `${JSON.stringify(lookup('x.example'))}\n`, {}, 400, /no newline-delimited JSON/],
    ['too many documents', many(51), {}, 413, /more than 50 documents/],
    ['too long', many(2_000), {}, 413, /longer than/],
    [
      'too long once unpacked',
      gzipSync(Buffer.from(Array.from({ length: 30_000 }, () => Math.random()).join('\n'))),
      { 'content-encoding': 'gzip' },
      413,
      /longer than/,
    ],
    ['a bomb', gzipSync(Buffer.alloc(150_000, '{}\n')), { 'content-encoding': 'gzip' }, 413, /unpacks to more than 50 times/],
    ['an endless line', 'x'.repeat(150_000), {}, 413, /line of the body/],
    ['no gzip', bulkOf([lookup('x.example')]), { 'content-encoding': 'gzip' }, 400, /no whole gzip/],
    ['a cut gzip', gzipSync(bulkOf([lookup('x.example')])).subarray(0, 40), { 'content-encoding': 'gzip' }, 400, /no whole gzip/],
    ['another encoding', bulkOf([lookup('x.example')]), { 'content-encoding': 'br' }, 415, /none of gzip/],
  ])('%s', async (_, body, headers, status, reason) => {
    const response = await server.bulk(body, '/_bulk', headers)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ status, error: { reason: expect.stringMatching(reason) } })
    expect(names()).toEqual([])
    expect((await bulk(bulkOf([lookup('next.example')]))).errors).toBe(false)
  })

  /** Sends headers and what `write` writes, and waits for the answer. */
  const slowly = (write: (send: (text: string) => void) => NodeJS.Timeout) =>
    new Promise<number>((resolve, reject) => {
      const outgoing = httpRequest(
        `${server.url}/_bulk`,
        { method: 'POST', headers: { authorization: `Bearer ${SECRET}` } },
        (incoming) => {
          clearInterval(timer)
          incoming.resume()
          resolve(incoming.statusCode ?? 0)
          outgoing.destroy()
        },
      )
      outgoing.on('error', reject)
      const timer = write((text) => outgoing.write(text))
    })

  test('a sender that falls silent', async () => {
    expect(await slowly((send) => setTimeout(() => send('{"create":{}}\n'), 0))).toBe(408)
    expect(names()).toEqual([])
  })

  test('a sender that drips', async () => {
    expect(await slowly((send) => setInterval(() => send(' '), 50))).toBe(408)
    expect(names()).toEqual([])
  })

  test('a sender that goes away in the middle', async () => {
    const outgoing = httpRequest(`${server.url}/_bulk`, { method: 'POST', headers: { authorization: `Bearer ${SECRET}` } })
    outgoing.on('error', () => {})
    outgoing.write(bulkOf([lookup('half.example')]))
    await new Promise((resolve) => setTimeout(resolve, 50))
    outgoing.destroy()
    expect((await bulk(bulkOf([lookup('next.example')]))).errors).toBe(false)
    expect(names()).toEqual(['next.example'])
    expect(server.failures).toEqual([])
  })

  test('more than may be on its way in is told to wait', async () => {
    server = await startAgain({ maxBytesInFlight: 1_000 })
    const body = many(20)
    const first = httpRequest(`${server.url}/_bulk`, { method: 'POST', headers: { authorization: `Bearer ${SECRET}` } })
    first.write(body.slice(0, 1_000))
    await new Promise((resolve) => setTimeout(resolve, 100))
    const waiting = await server.bulk(body)
    expect([waiting.status, waiting.headers.get('retry-after')]).toEqual([429, '1'])
    const answered = new Promise<number>((resolve) => first.on('response', (incoming) => resolve(incoming.statusCode ?? 0)))
    first.end(body.slice(1_000))
    expect(await answered).toBe(200)
    expect((await server.bulk(body)).status).toBe(200)
    expect(names()).toHaveLength(20)
  })

  test('a log source that is paused meanwhile', async () => {
    server.isPaused = true
    expect((await server.bulk(many(1))).status).toBe(401)
    server.isPaused = false
    expect((await server.bulk(many(1))).status).toBe(200)
  })

  test('an engine that fails in the middle', async () => {
    server.beforeAccept = () => {
      throw new Error('disk full')
    }
    const response = await server.bulk(bulkOf([lookup('a.example')]))
    expect([response.status, response.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await response.text()).not.toContain('disk full')
    expect(server.failures).toMatchObject([{ message: 'disk full' }])
    server.beforeAccept = () => {}
    expect((await bulk(bulkOf([lookup('a.example')]))).errors).toBe(false)
    expect(names()).toEqual(['a.example'])
  })
})
