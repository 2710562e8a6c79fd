import { describe, expect, it } from 'vitest'
import { detectors } from '@/lib/detectors'
import type { AlarmDraft } from '@/lib/domain/alarm'
import type { Asset } from '@/lib/domain/asset'
import type { CountedLookup } from '@/lib/domain/dns-event'
import type { LogEvent } from '@/lib/domain/log-event'
import { lookup } from '@/lib/server/testing/temporary-context'
import { createAnalyser } from './analyse'
import { createAssetList } from './asset-list'

const T0 = Date.UTC(2026, 0, 12, 9)
type Entry = Pick<Asset, 'key' | 'name' | 'roles'>
const entry = (key: string, ...roles: Asset['roles']): Entry => ({ key, name: '', roles })

/** Alarms of the real analyser with every detector. */
function alarmsOf(events: readonly LogEvent[], assets: readonly Entry[] | null): readonly AlarmDraft[] {
  const analyser = createAnalyser({ detectors, ...(assets !== null && { assets: createAssetList(() => assets).known }) })
  for (const event of events.toSorted((a, b) => a.at - b.at || a.id - b.id)) analyser.observe(event as LogEvent | CountedLookup)
  analyser.finish()
  return analyser.drafts()
}

/** Lookups by one host, one a second; and ten others at ordinary work, so that it is not most of all DNS. */
function traffic(nameOf: (i: number) => string, rcode: string, count = 500): readonly LogEvent[] {
  const own = Array.from({ length: count }, (_, i) =>
    lookup({ id: i + 1, at: T0 + i * 700, qname: nameOf(i), qtype: 'A', rcode, answers: [], answerCount: 0, source: '10.0.0.5' }),
  )
  const names = ['www.example.org', 'mail.example.org', 'news.example.net', 'shop.example.edu', 'docs.example.org']
  const office = Array.from({ length: count }, (_, i) => {
    const source = `10.0.1.${(i % 10) + 1}`
    return lookup({ id: 10_000 + i, at: T0 + i * 690, qname: names[i % 5] ?? '', qtype: 'A', source, clientIp: source })
  })
  return [...own, ...office]
}

/** A stream without a period, so that no compression or rhythm is in it by accident. */
const hex = (i: number, length: number): string => {
  let text = ''
  for (let k = 1; text.length < length; k++)
    text += (((i + 1) * 2_654_435_761 * k) ^ ((i + 7) * 40_503 * k * k)).toString(16).replace('-', '')
  return text.slice(0, length)
}
const hashNames = (zone: string) => (i: number) => `${hex(i, 32)}.${zone}`

/** RFC 4648 §6 without padding, in lower case. */
function base32(text: string): string {
  const bits = [...Buffer.from(text, 'latin1')].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => 'abcdefghijklmnopqrstuvwxyz234567'[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

const zoneAlarms = (alarms: readonly AlarmDraft[], zone: string) => alarms.filter((alarm) => alarm.zone === zone)
const term = (alarm: AlarmDraft | undefined, id: string) => alarm?.scoreTerms.find((line) => line.id === id)

describe('roles of the asset list in the analyser', () => {
  const blockList = traffic(hashNames('lists.example'), 'NXDOMAIN')

  it('change nothing when the list is empty, missing, or about others', () => {
    const without = JSON.stringify(alarmsOf(blockList, null))
    expect(zoneAlarms(JSON.parse(without), 'lists.example').length).toBeGreaterThan(0)
    expect(JSON.stringify(alarmsOf(blockList, []))).toBe(without)
    expect(JSON.stringify(alarmsOf(blockList, [entry('192.0.2.1', 'mail-server', 'scanner', 'resolver')]))).toBe(without)
  })

  it.each<[string, Entry, string]>([
    ['a mail server that asks for hashes', entry('10.0.0.5', 'mail-server'), 'mail server'],
    ['a scanner whose names do not exist', entry('10.0.0.0/24', 'scanner'), 'scanner'],
  ])('%s loses fifteen points and keeps its alarm', (_, given, words) => {
    const [before] = zoneAlarms(alarmsOf(blockList, null), 'lists.example')
    const [after] = zoneAlarms(alarmsOf(blockList, [given]), 'lists.example')
    expect(term(after, 'role')).toMatchObject({ points: -15, sentence: expect.stringContaining(`is a ${words} in the asset list`) })
    expect(after?.scoreTerms.filter(({ id }) => id !== 'role')).toEqual(before?.scoreTerms)
    expect(after?.evidence.suppression).toBeNull()
    expect(after?.score).toBeLessThan(before?.score ?? 0)
  })

  it('do not excuse what the role does not explain', () => {
    const answered = traffic((i) => `${hex(i, 45)}.t.example`, 'NOERROR')
    const roles = alarmsOf(answered, [entry('10.0.0.5', 'mail-server', 'scanner', 'monitoring')])
    expect(zoneAlarms(roles, 't.example').length).toBeGreaterThan(0)
    expect(zoneAlarms(roles, 't.example').map((alarm) => term(alarm, 'role'))).toEqual(zoneAlarms(roles, 't.example').map(() => undefined))
  })

  it('do not excuse a payload that can be read', () => {
    const text = Array.from({ length: 400 }, (_, i) => `the card of customer ${i * 7_919} ends in ${(i * 104_729) % 9_973};`).join('')
    const secret = (i: number): string => `${base32(text.slice(i * 30, i * 30 + 30))}.t.example`
    const alarms = zoneAlarms(alarmsOf(traffic(secret, 'NXDOMAIN', 400), [entry('t.example', 'own-zone')]), 't.example')
    const read = alarms.filter(({ evidence: { decoding } }) => decoding !== null && decoding.refusal === null && decoding.preview !== null)
    expect(read.length).toBeGreaterThan(0)
    for (const alarm of read) expect(term(alarm, 'own-zone')).toBeUndefined()
  })

  it('say that the client is behind a resolver that its traffic does not show', () => {
    const [before] = zoneAlarms(alarmsOf(blockList, null), 'lists.example')
    const [after] = zoneAlarms(alarmsOf(blockList, [{ key: '10.0.0.5', name: 'dns1', roles: ['dns-forwarder'] }]), 'lists.example')
    expect(before?.evidence.resolver ?? '').not.toContain('asset list')
    expect(after?.evidence.resolver).toBe('10.0.0.5 (dns1) is a DNS forwarder in the asset list: the client is behind it.')
    expect(after?.score).toBe(before?.score)
  })

  it('take points from names of an own zone, also of one label of it alone, and hide none', () => {
    const [before] = zoneAlarms(alarmsOf(blockList, null), 'lists.example')
    const [after] = zoneAlarms(alarmsOf(blockList, [entry('lists.example', 'own-zone')]), 'lists.example')
    expect(term(after, 'own-zone')).toMatchObject({ points: -15, value: 1 })
    expect(after?.score).toBeCloseTo(
      Math.max(
        0,
        (before?.scoreTerms ?? []).reduce((sum, { points }) => sum + points, -15),
      ),
      1,
    )
    expect(after?.evidence.suppression).toBeNull()
    const [other] = zoneAlarms(alarmsOf(blockList, [entry('ad.lists.example', 'own-zone')]), 'lists.example')
    expect(term(other, 'own-zone')).toBeUndefined()
  })

  it('are taken up while it runs', () => {
    let held: readonly Entry[] = []
    const list = createAssetList(() => held)
    expect(list.known.rolesOf(['10.0.0.5'])).toEqual([])
    held = [entry('10.0.0.5', 'scanner')]
    expect(list.known.rolesOf(['10.0.0.5'])).toEqual([])
    expect(list.reload()).toBe(1)
    expect(list.known.rolesOf(['10.0.0.5'])).toEqual([{ role: 'scanner', key: '10.0.0.5', name: '' }])
  })
})
