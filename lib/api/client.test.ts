import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiError, apiFetch } from './client'

interface Answer {
  readonly n: number
}
const answer = (body: string, init: ResponseInit = {}) =>
  vi.stubGlobal(
    'fetch',
    vi.fn(() => Promise.resolve(new Response(body, init))),
  )
const failure = async (promise: Promise<unknown>): Promise<ApiError> => {
  const error = await promise.catch((caught: unknown) => caught)
  if (!(error instanceof ApiError)) throw new Error(`expected an ApiError, not ${String(error)}`)
  return error
}

afterEach(() => vi.unstubAllGlobals())

describe('apiFetch', () => {
  it('gives back the answer and sends JSON', async () => {
    answer('{"n":1}')
    expect(await apiFetch<Answer>('/x', { method: 'POST', json: { a: 1 } })).toEqual({ n: 1 })
    expect(vi.mocked(fetch)).toHaveBeenCalledWith('/api/v1/x', expect.objectContaining({ method: 'POST', body: '{"a":1}' }))
  })

  it('throws the problem of a refusal', async () => {
    answer('{"type":"/problems/conflict","title":"t","status":409,"detail":"Ana was first","alarm":{"id":"A"}}', { status: 409 })
    const error = await failure(apiFetch<Answer>('/x'))
    expect(error).toMatchObject({ message: 'Ana was first', status: 409, code: 'conflict', problem: { alarm: { id: 'A' } } })
  })

  it('names an answer that is none of the API', async () => {
    answer('<html>Please sign in to the network</html>')
    expect(await failure(apiFetch<Answer>('/x'))).toMatchObject({ code: 'unexpected-answer', status: 200 })
  })

  it('survives a refusal that is no problem document', async () => {
    answer('<html>Bad Gateway</html>', { status: 502 })
    expect(await failure(apiFetch<Answer>('/x'))).toMatchObject({ status: 502, code: 'unexpected-answer' })
  })

  it('names a broken connection', async () => {
    vi.stubGlobal(
      'fetch',
      vi.fn(() => Promise.reject(new TypeError('failed'))),
    )
    expect(await failure(apiFetch<Answer>('/x'))).toMatchObject({ status: 0, code: 'network' })
  })

  it('leaves an abort as it is', async () => {
    const abort = new AbortController()
    abort.abort()
    vi.stubGlobal(
      'fetch',
      vi.fn(() => Promise.reject(abort.signal.reason)),
    )
    await expect(apiFetch<Answer>('/x', { signal: abort.signal })).rejects.toBe(abort.signal.reason)
  })
})
