import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DAY, draft, HOUR, NOON, type TemporaryContext, temporaryContext } from '@/lib/server/testing/temporary-context'
import { closeAlarm } from '@/lib/services/alarms/close-alarm'
import type { ServiceContext } from '@/lib/services/context'
import { addEntry } from './add-entry'
import { checkName } from './check-name'
import { guardDomain } from './guard-domain'
import { listEntries } from './list-entries'
import type { EntryDraft } from './new-entry'
import { previewEntry } from './preview-entry'
import { removeEntry } from './remove-entry'

let temporary: TemporaryContext
let admin: ServiceContext

beforeEach(() => {
  temporary = temporaryContext()
  admin = temporary.as('admin')
  temporary.stores.alarmSink.upsert(
    [
      draft({ id: 'ALM-1', zone: 'mcafee.com', source: '10.0.0.5' }),
      draft({ id: 'ALM-2', zone: 'mcafee.com', source: '10.0.0.6', detector: 'dns_tunneling_ml', lastSeenAt: NOON }),
      draft({ id: 'ALM-3', zone: 'evilmcafee.com' }),
      draft({ id: 'ALM-4', zone: null }),
    ],
    NOON,
  )
})
afterEach(() => temporary.dispose())

const entry = (fields: Partial<EntryDraft> = {}): EntryDraft => ({
  domain: 'mcafee.com',
  source: null,
  detector: null,
  reason: 'reputation lookups of our scanner',
  family: 'scripted-application',
  days: 90,
  ...fields,
})

describe('the guard', () => {
  it.each([
    ['example.com', 'example.com'],
    ['*.Example.COM.', 'example.com'],
    ['  example.co.uk ', 'example.co.uk'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['_dmarc.example', '_dmarc.example'],
  ])('takes %s as %s', (text, domain) => {
    expect(guardDomain(text)).toEqual({ domain, refusal: null, warnings: [] })
  })

  it.each([
    ['com', 'public suffix'],
    ['*.co.uk', 'public suffix'],
    ['', 'not a domain name'],
    ['*', 'not a domain name'],
    ['10.0.0.5', 'not a domain name'],
    ['2001:db8::1', 'not a domain name'],
    ['https://example.com/x', 'not a domain name'],
    ['exa mple.com', 'not a domain name'],
    ['a..example.com', 'not a domain name'],
    [`${'a'.repeat(64)}.example.com`, 'not a domain name'],
    [`${'a.'.repeat(127)}com`, 'not a domain name'],
    ['4.3.2.1.in-addr.arpa', 'hide nothing'],
    ['printer.local', 'hide nothing'],
    ['www.example.com', 'Enter example.com'],
  ])('refuses %s: %s', (text, why) => {
    expect(guardDomain(text).refusal).toContain(why)
  })

  it.each([
    ['duckdns.org', 'Anyone can rent a name under duckdns.org'],
    ['victim.duckdns.org', 'rented from duckdns.org'],
    ['github.io', 'Anyone can rent'],
    ['d1.cloudfront.net', 'rented from cloudfront.net'],
  ])('warns about %s', (text, warning) => {
    const { refusal, warnings } = guardDomain(text)
    expect(refusal).toBeNull()
    expect(warnings.join()).toContain(warning)
  })
})

describe('preview', () => {
  it('tells exactly what adding then does', async () => {
    const preview = await previewEntry(admin, entry())
    expect(preview).toMatchObject({ openAlarms: 2, truePositives: 0, refusal: null, warnings: [] })
    expect(preview.examples.map((row) => row.id).toSorted()).toEqual(['ALM-1', 'ALM-2'])
    expect((await addEntry(admin, entry())).hiddenAlarms).toBe(preview.openAlarms)
  })

  it.each([
    ['a source', { source: '10.0.0.6' }, ['ALM-2']],
    ['a detector', { detector: 'dns_lookup_tunneling' }, ['ALM-1']],
    ['both', { source: '10.0.0.6', detector: 'dns_lookup_tunneling' }, []],
  ])('respects %s', async (_name, scope, ids) => {
    const preview = await previewEntry(admin, entry(scope))
    expect(preview.examples.map((row) => row.id)).toEqual(ids)
    expect((await addEntry(admin, entry(scope))).hiddenAlarms).toBe(ids.length)
  })

  it('warns of confirmed attacks that it would have hidden', async () => {
    const close = { alarmId: 'ALM-1', expectedVersion: 1, reason: 'true-positive', family: null, note: null, allowlist: null } as const
    await closeAlarm(admin, close)
    expect(await previewEntry(admin, entry())).toMatchObject({
      openAlarms: 1,
      truePositives: 1,
      warnings: [expect.stringContaining('1 alarm')],
    })
  })

  it('says why an entry cannot be saved', async () => {
    expect(await previewEntry(admin, entry({ domain: 'com' }))).toMatchObject({ openAlarms: 0, examples: [], refusal: expect.any(String) })
  })
})

describe('adding and removing', () => {
  it('hides and gives back at once, and says how many', async () => {
    const added = await addEntry(admin, entry())
    expect(added).toMatchObject({
      hiddenAlarms: 2,
      restoredAlarms: 0,
      entry: { domain: 'mcafee.com', hiddenAlarms: 2, lastHitAt: NOON, createdByName: 'admin', expiresAt: NOON + 90 * DAY },
    })
    temporary.pass(HOUR)
    const removed = await removeEntry(admin, { entryId: added.entry.id })
    expect(removed).toMatchObject({
      hiddenAlarms: 0,
      restoredAlarms: 2,
      entry: { removedAt: NOON + HOUR, removedByName: 'admin', hiddenAlarms: 0 },
    })
    expect((await listEntries(admin, { includeRemoved: false })).entries).toEqual([])
    expect((await listEntries(admin, { includeRemoved: true })).entries).toHaveLength(1)
  })

  it('gives back what an entry hid once it expires', async () => {
    await addEntry(admin, entry({ days: 1 }))
    expect(temporary.stores.alarmSink.applyAllowlist(NOON + DAY - 1)).toEqual({ hidden: 0, restored: 0 })
    expect(temporary.stores.alarmSink.applyAllowlist(NOON + DAY)).toEqual({ hidden: 0, restored: 2 })
  })

  it('writes who added and who removed', async () => {
    const { entry: added } = await addEntry(admin, entry({ source: '10.0.0.5' }))
    await removeEntry(temporary.as('admin', 'Eve'), { entryId: added.id })
    const { rows } = await temporary.stores.audit.list(10, null)
    expect(rows).toMatchObject([
      { action: 'allowlist.removed', byName: 'Eve', entityId: added.id },
      { action: 'allowlist.added', byName: 'admin', detail: 'mcafee.com from 10.0.0.5 until 2027-02-19' },
    ])
  })

  it('refuses the same entry twice, but not once the first is gone', async () => {
    const { entry: first } = await addEntry(admin, entry())
    await expect(addEntry(admin, entry({ domain: '*.MCAFEE.com' }))).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'domain' }],
    })
    await removeEntry(admin, { entryId: first.id })
    await expect(addEntry(admin, entry())).resolves.toMatchObject({ hiddenAlarms: 2 })
  })

  it('tells of two who remove it the second one', async () => {
    const { entry: added } = await addEntry(admin, entry())
    await removeEntry(temporary.as('admin', 'Eve'), { entryId: added.id })
    await expect(removeEntry(admin, { entryId: added.id })).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Eve removed it'),
    })
    await expect(removeEntry(admin, { entryId: 'none' })).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('checking a name', () => {
  it.each([
    ['mcafee.com', true],
    ['0.0.x.avqs.MCAFEE.com.', true],
    ['evilmcafee.com', false],
    ['mcafee.com.evil.net', false],
    ['com', false],
    ['not a name', false],
  ])('%s: %s', async (name, covered) => {
    const { entry: added } = await addEntry(admin, entry())
    expect((await checkName(admin, { name })).entry?.id).toBe(covered ? added.id : undefined)
  })

  it('names no entry that expired, and the wider of two', async () => {
    await addEntry(admin, entry({ source: '10.0.0.5', days: 365 }))
    const { entry: wide } = await addEntry(admin, entry({ days: 1 }))
    expect((await checkName(admin, { name: 'mcafee.com' })).entry?.id).toBe(wide.id)
    temporary.pass(DAY)
    expect((await checkName(admin, { name: 'mcafee.com' })).entry?.source).toBe('10.0.0.5')
    temporary.pass(365 * DAY)
    expect((await checkName(admin, { name: 'mcafee.com' })).entry).toBeNull()
  })
})
