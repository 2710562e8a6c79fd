import { mkdtempSync, readdirSync, rmSync, utimesSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { Upload } from 'tus-js-client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Intake } from '@/lib/domain/intake'
import { newIntake } from '@/lib/engine/intake-accounting'
import type { Actor } from '@/lib/store/ports'
import { until } from '../stream/fixtures/test-stream'
import { UPLOADS_PATH, UploadDesk, type UploadDeskOptions } from './upload-desk'

const ADA: Actor = { userId: 'ada', name: 'Ada', role: 'analyst' }
const BOB: Actor = { userId: 'bob', name: 'Bob', role: 'analyst' }
const HOUR = 3_600_000
let dir: string
let now: number
let free: number
let read: { name: string; by: string; text: string }[]
let fail: (() => Error) | null
let desks: UploadDesk[]
beforeEach(() => {
  dir = join(mkdtempSync(join(tmpdir(), 'dowser-uploads-')), 'uploads')
  now = Date.now()
  free = 1e12
  read = []
  fail = null
  desks = []
})
afterEach(async () => {
  fail = null
  for (const desk of desks) await desk.stop()
  rmSync(join(dir, '..'), { recursive: true, force: true })
})

function openDesk(part: Partial<UploadDeskOptions> = {}): UploadDesk {
  const desk = new UploadDesk({
    ...{ dir, now: () => now, freeBytes: async () => free, onFailure: () => {}, retryMs: 20 },
    read: async (bytes, { name, size }, by): Promise<Intake> => {
      let text = ''
      for await (const piece of bytes) text += Buffer.from(piece).toString('latin1')
      const error = fail?.()
      if (error) throw error
      read.push({ name, by: by.name, text })
      return newIntake(`intake-${read.length}`, { via: 'upload', name, bytesTotal: size, demo: false }, now)
    },
    ...part,
  })
  desks.push(desk)
  return desk
}

const TUS = { 'tus-resumable': '1.0.0' }
const encoded = (text: string): string => Buffer.from(text).toString('base64')
const call = (desk: UploadDesk, method: string, path: string, headers: Record<string, string> = {}, body?: BodyInit, by = ADA) =>
  desk.handle(
    new Request(`http://localhost${path}`, {
      method,
      headers: { ...TUS, ...headers },
      ...(body !== undefined && { body, duplex: 'half' }),
    }),
    by,
  )
const create = async (desk: UploadDesk, size: number, name = 'dns.log', by = ADA) => {
  const response = await call(
    desk,
    'POST',
    UPLOADS_PATH,
    { 'upload-length': String(size), 'upload-metadata': `filename ${encoded(name)},modified ${encoded('7')}` },
    undefined,
    by,
  )
  return { response, path: response.headers.get('location') ?? '' }
}
const patch = (desk: UploadDesk, path: string, offset: number, body: BodyInit, by = ADA) =>
  call(desk, 'PATCH', path, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, body, by)
const offsetOf = async (desk: UploadDesk, path: string) => (await call(desk, 'HEAD', path)).headers.get('upload-offset')

describe('the protocol', () => {
  test('pieces become one file, which is read once it is whole', async () => {
    const desk = openDesk()
    const { response, path } = await create(desk, 11)
    expect(response.status).toBe(201)
    expect(path).toMatch(/^\/api\/v1\/uploads\/[0-9a-f]{32}$/)
    expect(response.headers.get('access-control-allow-origin')).toBeNull()
    expect((await patch(desk, path, 0, 'hello ')).headers.get('upload-offset')).toBe('6')
    expect(await offsetOf(desk, path)).toBe('6')
    expect(read).toEqual([])
    expect((await patch(desk, path, 6, 'world')).status).toBe(204)
    await until(() => read.length === 1)
    expect(read).toEqual([{ name: 'dns.log', by: 'Ada', text: 'hello world' }])
    await until(() => readdirSync(dir).length === 0)
    expect(await desk.list('ada')).toMatchObject([
      { name: 'dns.log', size: 11, offset: 11, modifiedAt: 7, state: 'done', intakeId: 'intake-1' },
    ])
  })

  test('what arrived before a connection broke stays', async () => {
    const desk = openDesk()
    const { path } = await create(desk, 8)
    const broken = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from('abcd'))
        setTimeout(() => controller.error(new Error('reset')), 50)
      },
    })
    await patch(desk, path, 0, broken).catch(() => {})
    expect(await offsetOf(desk, path)).toBe('4')
    expect((await patch(desk, path, 0, 'abcd')).status).toBe(409)
    await patch(desk, path, 4, 'efgh')
    await until(() => read.length === 1)
    expect(read[0]?.text).toBe('abcdefgh')
  })

  test('a restart of the server loses nothing: open ones are gone on with, whole ones are read', async () => {
    const before = openDesk({ read: () => Promise.reject(Object.assign(new Error('stopping'), { code: 'unavailable' })) })
    const open = await create(before, 4, 'open.log')
    await patch(before, open.path, 0, 'ab')
    const whole = await create(before, 4, 'whole.log')
    await patch(before, whole.path, 0, 'wxyz')
    await before.stop()
    const after = openDesk()
    await after.resume()
    await until(() => read.length === 1)
    expect(read).toEqual([{ name: 'whole.log', by: 'Ada', text: 'wxyz' }])
    expect(await offsetOf(after, open.path)).toBe('2')
    await patch(after, open.path, 2, 'cd')
    await until(() => read.length === 2)
    expect(read[1]).toMatchObject({ name: 'open.log', text: 'abcd' })
  })

  test('what cannot be read says why, and leaves no file', async () => {
    fail = () => Object.assign(new Error('no known log format'), { code: 'unknown-format', extra: { intake: { id: 'i9' } } })
    const desk = openDesk()
    const { path } = await create(desk, 2)
    await patch(desk, path, 0, 'ab')
    await until(() => readdirSync(dir).length === 0)
    expect(await desk.list('ada')).toMatchObject([{ state: 'failed', detail: 'no known log format', intakeId: 'i9' }])
  })

  test('a discarded one is gone', async () => {
    const desk = openDesk()
    const { path } = await create(desk, 4)
    expect((await call(desk, 'DELETE', path)).status).toBe(204)
    expect((await call(desk, 'HEAD', path)).status).toBe(404)
    expect(readdirSync(dir)).toEqual([])
  })

  test.each(['HEAD', 'PATCH', 'DELETE'])('%s on the upload of somebody else finds nothing', async (method) => {
    const desk = openDesk()
    const { path } = await create(desk, 4)
    const headers = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' }
    expect((await call(desk, method, path, method === 'PATCH' ? headers : {}, method === 'PATCH' ? 'ab' : undefined, BOB)).status).toBe(404)
    expect(await desk.list('bob')).toEqual([])
    expect(await offsetOf(desk, path)).toBe('0')
  })

  test('a sender cannot say who it is, nor where the file goes', async () => {
    const desk = openDesk()
    const said = `filename ${encoded('../../etc/passwd')},userId ${encoded('bob')},userRole ${encoded('admin')}`
    const response = await call(desk, 'POST', UPLOADS_PATH, { 'upload-length': '1', 'upload-metadata': said })
    expect(response.status).toBe(201)
    expect(await desk.list('bob')).toEqual([])
    expect(readdirSync(join(dir, '..'))).toEqual(['uploads'])
    for (const path of ['/..%2f..%2fapp.db', '/../app.db', '/%2e%2e'])
      expect((await call(desk, 'HEAD', `${UPLOADS_PATH}${path}`)).status).toBe(404)
  })
})

describe('limits', () => {
  const MIB = 2 ** 20
  const limits = { maxBytes: 10 * MIB, maxOpen: 2, maxTotalBytes: 15 * MIB, reserveBytes: MIB, expiryMs: HOUR, rememberMs: HOUR }

  test.each([
    ['a file that is too long', [11 * MIB], 1e12, 413],
    ['more than a person may have open', [1, 1, 1], 1e12, 429],
    ['more than there is room for together', [9 * MIB, 9 * MIB], 1e12, 429],
    ['more than the disk has', [2 * MIB], 2 * MIB, 507],
  ])('%s is refused before a byte is sent', async (_, sizes, freeBytes, status) => {
    const desk = openDesk({ limits })
    free = freeBytes
    const answers: number[] = []
    for (const size of sizes) answers.push((await create(desk, size)).response.status)
    expect(answers).toEqual([...sizes.slice(1).map(() => 201), status])
  })

  test('more bytes than were announced are refused', async () => {
    const desk = openDesk({ limits })
    const { path } = await create(desk, 2)
    expect((await patch(desk, path, 0, 'abc')).status).toBeGreaterThanOrEqual(400)
    expect(read).toEqual([])
  })

  test('a disk that fills stops what is on its way and keeps it', async () => {
    const desk = openDesk({ limits })
    const { path } = await create(desk, 4)
    await patch(desk, path, 0, 'ab')
    free = 0
    expect((await patch(desk, path, 2, 'cd')).status).toBe(507)
    expect(await offsetOf(desk, path)).toBe('2')
  })

  test('what fell silent is removed, what goes on is not', async () => {
    const desk = openDesk({ limits })
    const [silent, lively] = [await create(desk, 4, 'silent.log'), await create(desk, 4, 'lively.log')]
    const old = new Date(now - 2 * HOUR)
    utimesSync(join(dir, silent.path.split('/').at(-1) ?? ''), old, old)
    expect(await desk.sweep()).toBe(1)
    expect(await offsetOf(desk, lively.path)).toBe('0')
    expect(await desk.list('ada')).toMatchObject([{ name: 'lively.log', state: 'open' }])
  })
})

test('the client of the page goes on by itself where a connection broke', async () => {
  const desk = openDesk()
  let breaks = 2
  const server: Server = createServer(async (request, response) => {
    if (request.method === 'PATCH' && breaks > 0) {
      breaks -= 1
      request.once('data', () => setTimeout(() => request.destroy(), 30))
    }
    const { method = 'GET', url = '/', headers } = request
    const body = method === 'PATCH' ? (Readable.toWeb(request) as ReadableStream) : undefined
    const answer = await desk.handle(
      new Request(`http://localhost${url}`, { method, headers: headers as Record<string, string>, ...(body && { body, duplex: 'half' }) }),
      ADA,
    )
    response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const bytes = Buffer.alloc(3_000_000, 'a line of a log\n')
  try {
    await new Promise<void>((resolve, reject) => {
      new Upload(bytes, {
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}${UPLOADS_PATH}`,
        ...{ metadata: { filename: 'big.log' }, retryDelays: [50, 50, 50, 50], chunkSize: 1_000_000 },
        onSuccess: () => resolve(),
        onError: reject,
      }).start()
    })
    await until(() => read.length === 1)
    expect(breaks).toBe(0)
    expect(read[0]?.text === bytes.toString('latin1')).toBe(true)
  } finally {
    await new Promise((resolve) => server.close(resolve))
  }
})
