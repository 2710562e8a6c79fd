import { expect, test } from 'vitest'
import type { LogSource } from '@/lib/domain/log-source'
import { logSource } from './fixtures/live-bench'
import type { StreamIntake } from './stream-intake'
import { createListeners } from './stream-listeners'

/** A way in that notes what it is told, and listeners that note what is asked of them. */
function listening(retryMs = 60_000) {
  const calls: string[] = []
  const failing = new Set<string>()
  const errors = new Map<string, string | null | undefined>()
  const stream: StreamIntake = {
    accept: () => ({ added: 0, duplicates: 0 }),
    place: () => null,
    note: (id, { error }) => void errors.set(id, error),
    health: () => [],
  }
  const create = ({ id }: LogSource) => ({
    start: async () => {
      if (failing.has(id)) throw new Error('the address is in use')
      calls.push(`start ${id}`)
    },
    stop: async () => {
      calls.push(`stop ${id}`)
    },
  })
  return { calls, failing, errors, listeners: createListeners({ tail: create }, stream, retryMs) }
}

const tail = (id: string, path = '/var/log/a'): LogSource => {
  const source = logSource(id)
  return { ...source, kind: 'tail', settings: { ...source.settings, path } }
}

test('opens what is there, leaves what is unchanged, opens anew what was changed, closes what is gone', async () => {
  const { calls, listeners } = listening()
  await listeners.follow([tail('a'), tail('b'), logSource('over-http')])
  await listeners.follow([tail('a'), tail('b', '/var/log/b')])
  await listeners.follow([tail('b', '/var/log/b')])
  await listeners.stop()
  expect(calls).toEqual(['start a', 'start b', 'stop b', 'start b', 'stop a', 'stop b'])
})

test('says why one does not open, opens the others, and tries again', async () => {
  const { calls, failing, errors, listeners } = listening(5)
  failing.add('a')
  await listeners.follow([tail('a'), tail('b')])
  expect(errors).toEqual(
    new Map([
      ['a', 'the address is in use'],
      ['b', null],
    ]),
  )
  failing.clear()
  for (let n = 0; n < 100 && calls.length < 2; n++) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(calls).toEqual(['start b', 'start a'])
  expect(errors.get('a')).toBeNull()
  await listeners.stop()
})
