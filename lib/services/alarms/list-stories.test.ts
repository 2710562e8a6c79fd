import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { draft, HOUR, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import type { ServiceContext } from '@/lib/services/context'
import { createSelection } from '@/lib/services/selections/create-selection'
import { decideSelection } from '@/lib/services/selections/decide-selection'
import { undoUnit } from '@/lib/services/selections/undo-unit'
import { addNote } from './add-note'
import { listStories } from './list-stories'

let temporary: TemporaryContext
let ana: ServiceContext
beforeEach(() => {
  temporary = temporaryContext()
  ana = temporary.as('analyst', 'Ana')
  const at = (hours: number) => ({ firstSeenAt: NOON - hours * HOUR, lastSeenAt: NOON - hours * HOUR + 1 })
  temporary.stores.alarmSink.upsert(
    [
      draft({ id: 'ALM-1', zone: 't.example', source: '10.0.0.1', score: 70, queries: 10, ...at(5) }),
      draft({ id: 'ALM-2', zone: 't.example', source: '10.0.0.2', hostName: 'pc-2', score: 90, queries: 20, ...at(3) }),
      draft({
        id: 'ALM-3',
        zone: 't.example',
        source: '10.0.0.2',
        hostName: 'pc-2',
        detector: 'dns_query_information',
        score: 10,
        queries: 30,
        ...at(1),
      }),
      draft({ id: 'ALM-4', zone: 'mild.example', severity: 'low', score: 99, ...at(2) }),
      draft({
        id: 'ALM-5',
        zone: null,
        source: null,
        hostId: 'h-9',
        hostName: 'srv',
        detector: 'dns_tunneling_nslookup',
        severity: 'critical',
        ...at(2),
      }),
      draft({ id: 'ALM-6', zone: null, source: null, hostId: 'h-9', hostName: 'srv', detector: 'dns_tunneling_nslookup', ...at(9) }),
    ],
    NOON,
  )
})
afterEach(() => temporary.dispose())

const stories = async (fields: Partial<Parameters<typeof listStories>[1]> = {}) =>
  listStories(ana, { status: ['open'], limit: 10, cursor: null, ...fields })

describe('stories', () => {
  it('gather the alarms of a zone, or of a host where no zone is named, the worst first', async () => {
    const list = await stories()
    expect(list).toMatchObject({ total: 3, alarms: 6, nextCursor: null })
    expect(list.stories.map(({ key, kind, name, alarms, worst }) => [key, kind, name, alarms, worst.id])).toEqual([
      ['h:h-9', 'host', 'srv', 2, 'ALM-5'],
      ['z:t.example', 'zone', 't.example', 3, 'ALM-2'],
      ['z:mild.example', 'zone', 'mild.example', 1, 'ALM-4'],
    ])
  })

  it('sum up figures, detectors that agree, hosts, notes and owners', async () => {
    await addNote(ana, { alarmId: 'ALM-1', text: 'x' })
    const { selection } = await createSelection(ana, { alarms: [{ id: 'ALM-3', version: 1 }] })
    await decideSelection(ana, { selectionId: selection.id, decision: { kind: 'assign', ownerId: 'user-Ana' } })
    expect((await stories()).stories[1]).toMatchObject({
      queries: 60,
      hosts: 2,
      topHost: 'pc-2',
      detectors: [
        { id: 'dns_lookup_tunneling', count: 2 },
        { id: 'dns_query_information', count: 1 },
      ],
      firstSeenAt: NOON - 5 * HOUR,
      lastSeenAt: NOON - HOUR + 1,
      owners: ['Ana'],
      notes: 1,
    })
  })

  it('are paged by keyset, each once, and count only what the filter shows', async () => {
    const seen: string[] = []
    let cursor: string | null = null
    do {
      const page: Awaited<ReturnType<typeof stories>> = await stories({ limit: 1, cursor })
      seen.push(...page.stories.map((story) => story.key))
      cursor = page.nextCursor
    } while (cursor !== null)
    expect(seen).toEqual(['h:h-9', 'z:t.example', 'z:mild.example'])
    const narrowed = await stories({ detector: ['dns_query_information'] })
    expect(narrowed.stories.map(({ key, alarms, worst }) => [key, alarms, worst.id])).toEqual([['z:t.example', 1, 'ALM-3']])
    await expect(stories({ cursor: 'nonsense' })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('are decided and taken back as one', async () => {
    const { selection } = await createSelection(ana, { filter: { status: ['open'], story: 'z:t.example' } })
    expect(selection.count).toBe(3)
    const { unit } = await decideSelection(ana, {
      selectionId: selection.id,
      decision: { kind: 'close', reason: 'true-positive', family: null, note: null },
    })
    expect((await stories()).stories.map((story) => story.key)).toEqual(['h:h-9', 'z:mild.example'])
    await undoUnit(ana, { unitId: unit.id })
    expect((await stories()).total).toBe(3)
    expect((await createSelection(ana, { filter: { story: 'h:h-9' } })).selection.count).toBe(2)
  })
})
