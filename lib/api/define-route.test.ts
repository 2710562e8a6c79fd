import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { ServiceError } from '@/lib/services/errors'
import { createDefineRoute, type RouteHandler } from './define-route'

const failures: unknown[] = []
const defineRoute = createDefineRoute({
  context: (request) => {
    if (!request.headers.has('cookie')) throw new ServiceError('unauthenticated', 'Sign in first.')
    return Promise.resolve({ user: 'ana' })
  },
  trustedOrigins: () => ['http://localhost:3000'],
  onFailure: (error) => failures.push(error),
})

const route = defineRoute({
  params: z.object({ id: z.string().max(3) }),
  query: z.object({ limit: z.coerce.number().int().max(10).default(5) }),
  body: z.strictObject({ name: z.string(), nested: z.object({ days: z.number() }) }),
  response: z.strictObject({ text: z.string() }),
  status: 201,
  handle: ({ ctx, params, query, body }) =>
    Promise.resolve({ text: [ctx.user, params.id, query.limit, body.name, body.nested.days].join() }),
})

const COOKIE = { cookie: 'dowser.session_token=x', origin: 'http://localhost:3000' }
const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' }
const GOOD_BODY = JSON.stringify({ name: 'n', nested: { days: 1 } })

function call(handler: RouteHandler, init: RequestInit & { url?: string; params?: Record<string, string> } = {}) {
  const { url = 'http://localhost:3000/api/v1/x?limit=7', params = { id: 'a1' }, ...rest } = init
  return handler(new Request(url, { method: 'POST', headers: { ...COOKIE, ...JSON_TYPE }, ...rest }), { params: Promise.resolve(params) })
}

describe('a route', () => {
  it('hands parsed parts on and answers by its contract, uncached', async () => {
    const response = await call(route, { body: GOOD_BODY })
    expect(response.status).toBe(201)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    expect(await response.json()).toEqual({ text: 'ana,a1,7,n,1' })
  })

  it('names every bad field of params, query and body at once', async () => {
    const response = await call(route, {
      url: 'http://localhost:3000/api/v1/x?limit=99',
      params: { id: 'long' },
      body: JSON.stringify({ name: 1, nested: {}, surprise: true }),
    })
    expect(response.status).toBe(422)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    const problem = (await response.json()) as { type: string; errors: { path: string }[] }
    expect(problem.type).toBe('/problems/invalid')
    expect(problem.errors.map((field) => field.path)).toEqual(['id', 'limit', 'name', 'nested.days', 'surprise'])
  })

  it('asks who it is before it looks at the input', async () => {
    const response = await call(route, { headers: JSON_TYPE, body: '{' })
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ type: '/problems/unauthenticated', detail: 'Sign in first.' })
  })

  it.each([
    ['no JSON', { body: '{' }],
    ['no body', {}],
    ['another content type', { headers: { ...COOKIE, 'content-type': 'text/plain' }, body: GOOD_BODY }],
    ['a body beyond any of ours', { body: JSON.stringify({ name: 'x'.repeat(300_000), nested: { days: 1 } }) }],
  ])('refuses %s', async (_name, init) => {
    expect((await call(route, init)).status).toBe(422)
  })

  it('stops reading an endless body', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull: (controller) => {
        pulled += 1
        controller.enqueue(new Uint8Array(65_536).fill(0x20))
      },
    })
    const init = { body: endless, duplex: 'half' } as RequestInit
    expect((await call(route, init)).status).toBe(422)
    expect(pulled).toBeLessThan(10)
  })
})

describe('the origin of an unsafe call', () => {
  it.each([
    ['its own', COOKIE, 201],
    ['a foreign page with the cookie', { ...COOKIE, origin: 'https://evil.example' }, 403],
    ['a sandboxed page', { ...COOKIE, origin: 'null' }, 403],
    ['another port', { ...COOKIE, origin: 'http://localhost:3001' }, 403],
    ['none, with the cookie', { cookie: COOKIE.cookie }, 403],
    ['none, without the cookie', {}, 401],
  ])('%s', async (_name, headers, status) => {
    expect((await call(route, { headers: { ...headers, ...JSON_TYPE }, body: GOOD_BODY })).status).toBe(status)
  })

  it('does not matter for reading', async () => {
    const read = defineRoute({ response: z.strictObject({}), handle: () => Promise.resolve({}) })
    const response = await call(read, { method: 'GET', headers: { cookie: 'x', origin: 'https://evil.example' } })
    expect(response.status).toBe(200)
  })
})

describe('what a handler throws', () => {
  const throwing = (error: unknown) => defineRoute({ response: z.strictObject({}), handle: () => Promise.reject(error) })

  it.each([
    ['not-found', 404],
    ['conflict', 409],
    ['forbidden', 403],
    ['invalid', 422],
    ['unavailable', 503],
    ['unknown-format', 400],
    ['too-many-requests', 429],
  ] as const)('%s answers %i', async (code, status) => {
    const response = await call(throwing(new ServiceError(code, 'why', [{ path: 'a', message: 'b' }], { alarm: { id: 1 } })))
    expect(response.status).toBe(status)
    expect(response.headers.get('retry-after')).toBe(status === 503 ? '5' : null)
    expect(await response.json()).toMatchObject({
      type: `/problems/${code}`,
      status,
      detail: 'why',
      errors: [{ path: 'a' }],
      alarm: { id: 1 },
    })
  })

  it('is known by its code, since two bundles do not share a class', async () => {
    const foreign = Object.assign(new Error('engine is stopping'), { code: 'unavailable' })
    expect((await call(throwing(foreign))).status).toBe(503)
  })

  it.each([
    ['an error with a secret', new Error('password is hunter2')],
    ['an error with a code of the system', Object.assign(new Error('/home/x'), { code: 'ENOENT' })],
    ['no error at all', 'hunter2'],
    ['an answer that breaks the contract', null],
  ])('%s leaks nothing and is reported with its id', async (_name, error) => {
    failures.length = 0
    const handler =
      error === null
        ? defineRoute({ response: z.strictObject({}), handle: () => Promise.resolve(JSON.parse('{"extra":"hunter2"}')) })
        : throwing(error)
    const response = await call(handler)
    const text = await response.text()
    expect(response.status).toBe(500)
    expect(text).not.toMatch(/hunter2|home/)
    expect(text).toContain(response.headers.get('x-request-id') ?? 'no id')
    expect(failures).toHaveLength(1)
  })

  it('cannot set status or type through its extra members', async () => {
    const response = await call(throwing(new ServiceError('conflict', 'why', [], { status: 200, type: 'x', detail: 'y' })))
    expect(await response.json()).toMatchObject({ status: 409, type: '/problems/conflict', detail: 'why' })
  })
})
