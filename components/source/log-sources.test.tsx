import { describe, expect, test } from 'vitest'
import type { IntakeKey, LogSource, LogSourceHealth } from '@/lib/domain/log-source'
import { findSender, SENDERS, type Sender } from '@/lib/domain/senders/senders'
import { matchingSenders } from './choose-sender'
import { keyState } from './key-panel'
import { lagText, placeOf, rateText, silenceText, stateLook } from './log-source-state'
import { rejectsFile } from './rejects'
import { asksConfirmation, bodyOf, errorsOf, freshForm, localErrors, type SenderForm } from './sender-fields'

const NOW = Date.UTC(2026, 10, 21, 12)
const MINUTE = 60_000
const DAY = 86_400_000

const source = (part: Partial<LogSource> = {}): LogSource => ({
  ...{ id: 's', name: 'resolver-2', kind: 'elastic', createdAt: NOW, createdByName: 'Ada', pausedAt: null, removedAt: null },
  settings: { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 15 * MINUTE },
  ...part,
})
const health = (part: Partial<LogSourceHealth> = {}): LogSourceHealth => ({
  ...{ logSourceId: 's', state: 'receiving', error: null, lastReceivedAt: NOW, lastEventAt: NOW, lagMs: 0, eventsPerSecond: 1 },
  ...{ connections: 0, records: 0, dnsEvents: 0, processEvents: 0, duplicates: 0, lateEvents: 0, futureEvents: 0 },
  ...{ skipped: {}, rejected: 0, rejects: [], gaps: [] },
  ...part,
})

describe('the state of a source', () => {
  test('differs by word and by shape, not by colour alone', () => {
    const looks = (['waiting', 'receiving', 'quiet', 'paused', 'failed'] as const).map((state) => stateLook(source(), health({ state })))
    expect(new Set(looks.map(({ label }) => label)).size).toBe(5)
    expect(new Set(looks.map(({ icon }) => icon)).size).toBe(5)
  })

  test('is paused when somebody paused it, whatever the engine last told', () => {
    expect(stateLook(source({ pausedAt: NOW }), health({ state: 'quiet' })).label).toBe('Paused')
    expect(stateLook(source(), null).label).toBe('Unknown')
    expect(stateLook(source(), health({ state: 'quiet' })).sentence).toContain('15 min')
  })

  test.each([
    [null, '–'],
    [0, '0 ms'],
    [12_000, '12 s'],
    [-1_500, '0 ms'],
    [-180_000, 'clock 3 min ahead'],
  ])('a lag of %s ms reads %s', (lagMs, text) => {
    expect(lagText(lagMs)).toBe(text)
  })

  test.each([
    [0, '0'],
    [0.02, '< 0.1'],
    [3.24, '3.2'],
    [1_234.5, '1,235'],
  ])('%s events a second read %s', (rate, text) => {
    expect(rateText(rate)).toBe(text)
  })

  test.each([
    [{ address: '127.0.0.1', port: 53 }, '127.0.0.1:53'],
    [{ address: '::1', port: 53 }, '[::1]:53'],
    [{ path: '/a.log' }, '/a.log'],
    [{}, null],
  ])('%j is shown as %s', (settings, place) => {
    expect(placeOf(source({ settings: { ...source().settings, ...settings } }))).toBe(place)
  })
})

describe('what silence is called', () => {
  const gap = (name: string, minutes: number, toMs: number | null = null) => ({
    ...{ logSourceId: name, name, fromMs: NOW - minutes * MINUTE, toMs, error: null },
  })
  test.each([
    ['nothing', [], null],
    ['a gap that ended', [gap('a', 60, NOW - MINUTE)], null],
    ['one', [gap('resolver-2', 47)], 'No DNS from resolver-2 for 47 min'],
    ['two, the longer first', [gap('a', 20), gap('b', 47)], 'No DNS from b and a for up to 47 min'],
    ['more', [gap('a', 20), gap('b', 47), gap('c', 30)], 'No DNS from b and 2 other sources for up to 47 min'],
  ])('%s', (_case, gaps, text) => {
    expect(silenceText(gaps, NOW)).toBe(text)
  })
})

describe('choosing a sender', () => {
  test.each([
    ['', SENDERS.length],
    ['no such thing', 0],
  ])('“%s” finds %i', (text, count) => {
    expect(matchingSenders(text)).toHaveLength(count)
  })

  test('goes by every word, in any case', () => {
    expect(matchingSenders('BIND dnstap').map(({ id }) => id)).toEqual(['bind'])
    expect(matchingSenders('udp syslog').map(({ id }) => id)).toEqual(['rsyslog-udp', 'syslog-ng-udp', 'any-udp'])
  })
})

describe('the form', () => {
  const sender = (id: string): Sender => findSender(id) ?? (SENDERS[0] as Sender)
  const form = (id: string, part: Partial<SenderForm> = {}): SenderForm => ({ ...freshForm(sender(id)), ...part })

  test('asks for a confirmation as soon as it listens beyond this machine', () => {
    expect(asksConfirmation(sender('any-udp'), form('any-udp'))).toBe(false)
    expect(asksConfirmation(sender('any-udp'), form('any-udp', { address: ' 0.0.0.0 ' }))).toBe(true)
    expect(asksConfirmation(sender('vector'), form('vector', { address: '0.0.0.0' }))).toBe(false)
    expect(localErrors(sender('any-udp'), form('any-udp', { address: '0.0.0.0' }), [])).toHaveProperty('acceptsUnauthenticated')
  })

  test('says what is wrong beside each field, before the server is asked', () => {
    expect(localErrors(sender('any-udp'), form('any-udp', { name: ' ', port: '70000' }), [])).toEqual({
      name: 'The name has to have 1 to 100 characters.',
      port: 'The port has to be a port number, 1 to 65535.',
    })
    expect(localErrors(sender('zeek'), form('zeek', { path: 'dns.log' }), [])).toHaveProperty('path')
    expect(localErrors(sender('vector'), form('vector', { name: 'Resolver-2' }), [source()])).toEqual({
      name: 'The name is the name of another source.',
    })
  })

  test.each(['', '5e3', '-1', '12.5', '٣'])('the port “%s” is none', (port) => {
    expect(bodyOf(sender('any-udp'), form('any-udp', { port })).settings.port).toBeNull()
  })

  test('sends what its kind needs', () => {
    expect(bodyOf(sender('suricata'), form('suricata', { backfill: true, quietMinutes: '60' }))).toEqual({
      ...{ name: 'suricata', kind: 'tail', acceptsUnauthenticated: false, keyDays: null },
      settings: {
        ...source().settings,
        path: '/var/log/suricata/eve.json',
        format: 'suricata-eve',
        backfill: true,
        quietAfterMs: 60 * MINUTE,
      },
    })
    expect(bodyOf(sender('vector'), form('vector', { keyDays: 'never' })).keyDays).toBeNull()
    expect(bodyOf(sender('vector'), form('vector')).keyDays).toBe(365)
  })

  test('takes the server’s messages, and the first of a field', () => {
    expect(
      errorsOf([
        ['settings.port', 'is in use by the source a'],
        ['settings.port', 'other'],
        ['elsewhere', 'x'],
      ]),
    ).toEqual({
      port: 'The port is in use by the source a.',
    })
  })
})

test.each<readonly [string, Partial<IntakeKey>]>([
  ['valid', { expiresAt: null }],
  ['valid', { expiresAt: NOW + 15 * DAY }],
  ['ending', { expiresAt: NOW + 13 * DAY }],
  ['expired', { expiresAt: NOW }],
  ['revoked', { expiresAt: null, revokedAt: NOW - 1 }],
])('a key is %s: %j', (state, part) => {
  const key: IntakeKey = {
    ...{ id: 'k', logSourceId: 's', name: 'k', prefix: 'dsk_', createdAt: NOW, createdByName: 'Ada' },
    ...{ expiresAt: null, revokedAt: null, lastUsedAt: null },
    ...part,
  }
  expect(keyState(key, NOW)).toBe(state)
})

test('rejected samples are a file of one JSON object a line', () => {
  const sample = { recordNo: 7, detail: 'no\nname', sample: '{"a":\u001b' }
  const lines = rejectsFile([{ reason: 'no-name', count: 9, samples: [sample] }]).split('\n')
  expect(lines).toHaveLength(2)
  expect(JSON.parse(lines[0] ?? '')).toEqual({ reason: 'no-name', ...sample })
})
