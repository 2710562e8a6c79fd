import { describe, expect, it } from 'vitest'
import type { Alarm } from '@/lib/domain/alarm'
import { draft, NOON } from '@/lib/server/testing/temporary-context'
import { hostObservable, stixBundle } from './stix-bundle'

const alarm = (fields: Partial<Alarm> = {}): Alarm => ({
  ...draft({ id: 'ALM-1' }),
  status: 'open',
  decision: null,
  owner: null,
  suppressedByEntryId: null,
  version: 1,
  updatedAt: NOON,
  ...fields,
})

const sample = (name: string) => ({
  name,
  qtype: 'TXT',
  rcode: 'NOERROR',
  firstAt: NOON,
  length: 9,
  entropyBits: 3,
  readabilityBits: 6,
  unreadable: true,
})

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

describe('a STIX 2.1 bundle', () => {
  // The standard's example (erratum 01 of STIX 2.1, §6.4) and ids that other producers give.
  it.each([
    ['198.51.100.8', 'ipv4-addr--6c83081b-13af-5e30-ba30-6f401772a083'],
    ['127.0.0.1', 'ipv4-addr--679c6c82-b4be-52e2-9c7a-198689f6f77b'],
    ['example.com', 'domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7'],
  ])('gives %s the id that every producer gives it', (value, id) => {
    expect(hostObservable(value)).toMatchObject({ id, value, spec_version: '2.1' })
  })

  it('holds what each type requires, ids that resolve, and is the same each time', () => {
    const bundle = stixBundle(alarm())
    expect(stixBundle(alarm())).toEqual(bundle)
    const ids = bundle.objects.map(({ id }) => id)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { id, type } of bundle.objects) expect(id).toMatch(new RegExp(`^${type}--${UUID}$`))
    const of = (type: string) => bundle.objects.find((object) => object.type === type)
    expect(of('indicator')).toMatchObject({
      pattern_type: 'stix',
      valid_from: '2026-11-21T11:00:00.000Z',
      indicator_types: ['anomalous-activity'],
      pattern: "[domain-name:value = 't.example' OR domain-name:value MATCHES '\\\\.t\\\\.example$']",
    })
    expect(of('sighting')).toMatchObject({ sighting_of_ref: of('indicator')?.id, observed_data_refs: [of('observed-data')?.id] })
    expect(of('observed-data')).toMatchObject({ number_observed: 500, last_observed: '2026-11-21T11:01:00.000Z' })
    for (const ref of [of('observed-data')?.object_refs].flat()) expect(ids).toContain(ref)
  })

  it('calls the zone malicious only when a person has confirmed it', () => {
    const decision = { reason: 'true-positive' as const, family: null, note: null, byUserId: 'u', byName: 'Ana', at: NOON }
    const indicator = stixBundle(alarm({ status: 'closed', decision })).objects.find(({ type }) => type === 'indicator')
    expect(indicator?.indicator_types).toEqual(['malicious-activity'])
  })

  it('leaves out names that no name server could hold, and quotes what it takes into the pattern', () => {
    const hostile = ["a'] OR [x:y = 'b", '<b>.t.example', 'a\u0000.t.example', `${'a'.repeat(64)}.t.example`]
    const zone = "o'neil\\.example"
    const bundle = stixBundle(alarm({ zone, evidence: { ...alarm().evidence, samples: hostile.map(sample) } }))
    expect(bundle.objects.filter(({ type }) => type === 'domain-name')).toEqual([])
    const pattern = String(bundle.objects.find(({ type }) => type === 'indicator')?.pattern)
    expect(pattern.startsWith("[domain-name:value = 'o\\'neil\\\\.example' OR ")).toBe(true)
  })

  it('of an alarm without a zone has what was observed and no indicator', () => {
    const types = stixBundle(alarm({ zone: null, userName: 'EXAMPLE\\ada' })).objects.map(({ type }) => type)
    expect(types).toEqual(['identity', 'observed-data', 'ipv4-addr', 'user-account'])
  })
})
