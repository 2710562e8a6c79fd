import { expect, it } from 'vitest'
import { streamOf } from './csv-route'

it('hands pieces on one at a time, as they are asked for', async () => {
  let made = 0
  async function* pieces() {
    for (; made < 1_000; made += 1) yield `${made},ä\n`
  }
  const reader = streamOf(pieces()).getReader()
  const first = await reader.read()
  expect(new TextDecoder().decode(first.value)).toBe('0,ä\n')
  expect(made).toBeLessThan(5)
  await reader.cancel()
})

it('ends the reading when the reader goes away, and when it breaks', async () => {
  let isReleased = false
  async function* pieces() {
    try {
      yield 'a'
      yield 'b'
      throw new Error('the store is gone')
    } finally {
      isReleased = true
    }
  }
  const left = streamOf(pieces()).getReader()
  await left.read()
  await left.cancel()
  expect(isReleased).toBe(true)
  await expect(new Response(streamOf(pieces())).text()).rejects.toThrow('the store is gone')
})
