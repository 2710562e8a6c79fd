import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyEvidence } from '@/lib/domain/evidence'
import { DAY, draft, HOUR, lookup, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { closeAlarm } from '@/lib/services/alarms/close-alarm'
import { escalateAlarm } from '@/lib/services/alarms/escalate-alarm'
import type { ServiceContext } from '@/lib/services/context'
import { addEntry } from '../add-entry'
import { dismissProposal } from './dismiss-proposal'
import { listProposals } from './list-proposals'

const ZONE = 'updates-of-a-product.com'
const SOURCES = ['10.0.0.5', '10.0.0.6', '10.0.0.7', '10.0.0.8']

let temporary: TemporaryContext
let admin: ServiceContext

beforeEach(() => {
  temporary = temporaryContext()
  admin = temporary.as('admin')
})
afterEach(() => temporary.dispose())

/** The zone is asked by the sources on each of the days before noon. */
function asked(days: number, sources: readonly string[] = SOURCES, zone = ZONE): void {
  const events = sources.flatMap((source, i) =>
    Array.from({ length: days }, (_, day) => lookup({ id: 1_000 * day + i, at: NOON - day * DAY - HOUR, source, qname: `a${i}.${zone}` })),
  )
  temporary.stores.events.append(events, 'intake-1')
}

const raise = (id: string, source: string, suppression: string | null = null, zone = ZONE): void =>
  void temporary.stores.alarmSink.upsert([draft({ id, source, zone, lastSeenAt: NOON, evidence: { ...emptyEvidence, suppression } })], NOON)

const decided = (alarmId: string) => ({ alarmId, expectedVersion: 1, note: null })

async function closedBenign(id: string, by: ServiceContext, source: string): Promise<void> {
  raise(id, source)
  await closeAlarm(by, { ...decided(id), reason: 'benign-positive', family: 'update-service', allowlist: null })
}

describe('an entry is proposed', () => {
  it('for a zone that many ask steadily and that people closed as harmless twice', async () => {
    asked(5)
    await closedBenign('ALM-1', admin, SOURCES[0] ?? '')
    expect((await listProposals(admin)).proposals).toEqual([])
    await closedBenign('ALM-2', temporary.as('analyst', 'Eve'), SOURCES[1] ?? '')
    expect((await listProposals(admin)).proposals).toEqual([
      {
        domain: ZONE,
        family: 'update-service',
        evidence: [
          'Closed as harmless 2 times, by 2 people.',
          'No alarm of it was ever confirmed or escalated.',
          '4 sources asked for it, on 5 of 14 days, 20 times in all.',
        ],
        warnings: [],
        putAside: 2,
        alarmId: expect.stringMatching(/^ALM-[12]$/),
      },
    ])
  })

  it('for what the catalogue explained twice', async () => {
    asked(3)
    for (const [i, source] of SOURCES.entries()) raise(`ALM-${i}`, source, 'benign catalogue: look-ups')
    expect((await listProposals(admin)).proposals).toMatchObject([{ putAside: 4, family: null }])
  })
})

describe('no entry is proposed', () => {
  const twice = async (): Promise<void> => {
    await closedBenign('ALM-1', admin, '10.0.0.5')
    await closedBenign('ALM-2', admin, '10.0.0.6')
  }

  it.each([
    ['on two days only', 2, SOURCES],
    ['by two sources only', 9, SOURCES.slice(0, 2)],
    ['by nobody any more', 0, SOURCES],
  ])('for a zone asked %s', async (_, days, sources) => {
    asked(days, sources)
    await twice()
    expect((await listProposals(admin)).proposals).toEqual([])
  })

  it('once an alarm of the zone was confirmed', async () => {
    asked(5)
    await twice()
    raise('ALM-3', '10.0.0.7')
    await closeAlarm(admin, { ...decided('ALM-3'), reason: 'true-positive', family: null, allowlist: null })
    expect((await listProposals(admin)).proposals).toEqual([])
  })

  it('once an alarm of the zone was escalated, also when it was closed as harmless afterwards', async () => {
    asked(5)
    await twice()
    raise('ALM-3', '10.0.0.7')
    await escalateAlarm(admin, decided('ALM-3'))
    await closeAlarm(admin, { ...decided('ALM-3'), expectedVersion: 2, reason: 'false-positive', family: null, allowlist: null })
    expect((await listProposals(admin)).proposals).toEqual([])
  })

  it('where an entry for everybody stands', async () => {
    asked(5)
    await twice()
    await addEntry(admin, { domain: ZONE, source: null, detector: null, reason: 'agreed', family: null, days: 30 })
    expect((await listProposals(admin)).proposals).toEqual([])
  })
})

describe('turning down', () => {
  it('is remembered and audited, until twice as many alarms were put aside', async () => {
    asked(5)
    await closedBenign('ALM-1', admin, '10.0.0.5')
    await closedBenign('ALM-2', admin, '10.0.0.6')
    await dismissProposal(admin, { domain: ZONE })
    expect((await listProposals(admin)).proposals).toEqual([])
    expect((await temporary.stores.audit.list(1, null)).rows).toMatchObject([
      { action: 'allowlist.proposal-dismissed', entityId: ZONE, byName: 'admin' },
    ])
    await closedBenign('ALM-3', admin, '10.0.0.7')
    expect((await listProposals(admin)).proposals).toEqual([])
    await closedBenign('ALM-4', admin, '10.0.0.8')
    expect((await listProposals(admin)).proposals).toMatchObject([{ putAside: 4 }])
  })

  it('takes no name that is not proposed', async () => {
    await expect(dismissProposal(admin, { domain: 'example.com' })).rejects.toMatchObject({ code: 'not-found' })
  })
})
