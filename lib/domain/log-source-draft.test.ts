import { describe, expect, test } from 'vitest'
import type { LogSource, LogSourceKind, LogSourceSettings } from './log-source'
import { collides, draftProblems, isLoopback, type LogSourceDraft, settingsOf } from './log-source-draft'

const plain: LogSourceSettings = { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 900_000 }
const draft = (kind: LogSourceKind, settings: Partial<LogSourceSettings> = {}, more: Partial<LogSourceDraft> = {}): LogSourceDraft => ({
  ...{ name: 'resolver-1', kind, settings: { ...plain, ...settings }, acceptsUnauthenticated: false },
  ...more,
})
const live = (kind: LogSourceKind, settings: Partial<LogSourceSettings>, name = 'other'): LogSource => ({
  ...{ id: name, name, kind, settings: { ...plain, ...settings } },
  ...{ createdAt: 0, createdByName: 'Ada', pausedAt: null, removedAt: null },
})
const paths = (what: LogSourceDraft, others: readonly LogSource[] = []): string[] => draftProblems(what, others).map(({ path }) => path)

describe('a draft is fine', () => {
  test.each([
    ['a sender with a key', draft('elastic')],
    ['a loopback listener', draft('syslog-udp', { address: '127.0.0.1', port: 5514 })],
    ['an IPv6 loopback listener', draft('dnstap-tcp', { address: '::1', port: 6000 })],
    ['an open listener that was confirmed', draft('syslog-tcp', { address: '0.0.0.0', port: 601 }, { acceptsUnauthenticated: true })],
    ['a socket', draft('dnstap-unix', { path: '/run/dowser/dnstap.sock' })],
    ['a file', draft('tail', { path: '/var/log/pihole/pihole.log' })],
    ['a glob in the file name', draft('tail', { path: '/opt/zeek/logs/current/dns*.log' })],
  ])('%s', (_case, what) => {
    expect(draftProblems(what, [])).toEqual([])
  })
})

describe('a draft is refused', () => {
  test.each<readonly [string, LogSourceDraft, readonly string[]]>([
    ['without a name', draft('elastic', {}, { name: '  ' }), ['name']],
    ['with a name of 101 characters', draft('elastic', {}, { name: 'n'.repeat(101) }), ['name']],
    ['with an escape in the name', draft('elastic', {}, { name: 'a\u001b[31m' }), ['name']],
    ['without an address and a port', draft('syslog-udp'), ['settings.address', 'settings.port']],
    ['with a host name for an address', draft('syslog-udp', { address: 'localhost', port: 514 }), ['settings.address']],
    ['with port 0', draft('syslog-udp', { address: '127.0.0.1', port: 0 }), ['settings.port']],
    ['with half a port', draft('syslog-udp', { address: '127.0.0.1', port: 514.5 }), ['settings.port']],
    ['listening openly, unconfirmed', draft('dnstap-tcp', { address: '0.0.0.0', port: 6000 }), ['acceptsUnauthenticated']],
    ['listening openly on IPv6, unconfirmed', draft('dnstap-tcp', { address: '::', port: 6000 }), ['acceptsUnauthenticated']],
    ['with a relative socket', draft('dnstap-unix', { path: 'dnstap.sock' }), ['settings.path']],
    ['with a socket path that no system takes', draft('dnstap-unix', { path: `/${'s'.repeat(103)}` }), ['settings.path']],
    ['with a relative file', draft('tail', { path: 'dns.log' }), ['settings.path']],
    ['with a folder', draft('tail', { path: '/var/log/' }), ['settings.path']],
    ['climbing out of a folder', draft('tail', { path: '/var/log/../../etc/shadow' }), ['settings.path']],
    ['with a glob for a folder', draft('tail', { path: '/var/*/dns.log' }), ['settings.path']],
    ['with a glob of everything', draft('tail', { path: '/var/log/*' }), ['settings.path']],
    ['quiet after a second', draft('elastic', { quietAfterMs: 1_000 }), ['settings.quietAfterMs']],
    ['quiet after a year', draft('elastic', { quietAfterMs: 31_536_000_000 }), ['settings.quietAfterMs']],
  ])('%s', (_case, what, expected) => {
    expect(paths(what)).toEqual(expected)
  })

  test('under the name of another source, however it is written', () => {
    expect(paths(draft('elastic', {}, { name: ' Resolver-1 ' }), [live('elastic', {}, 'resolver-1')])).toEqual(['name'])
  })

  test('on a port that is taken, naming who has it', () => {
    const rival = live('dnstap-tcp', { address: '127.0.0.1', port: 6000 })
    expect(draftProblems(draft('syslog-tcp', { address: '127.0.0.1', port: 6000 }), [rival])).toEqual([
      { path: 'settings.port', message: 'is in use by the source other' },
    ])
  })
})

describe('two sources', () => {
  const udp = (address: string, port: number) => live('syslog-udp', { address, port })
  const tcp = (address: string, port: number) => live('syslog-tcp', { address, port })
  test.each([
    ['the same port', udp('127.0.0.1', 514), udp('127.0.0.1', 514), true],
    ['a port of every address', udp('0.0.0.0', 514), udp('127.0.0.1', 514), true],
    ['ports of two addresses', udp('10.0.0.1', 514), udp('127.0.0.1', 514), false],
    ['UDP and TCP', udp('127.0.0.1', 514), tcp('127.0.0.1', 514), false],
    ['the same file', live('tail', { path: '/a' }), live('tail', { path: '/a' }), true],
    ['a file and a socket of one name', live('tail', { path: '/a' }), live('dnstap-unix', { path: '/a' }), false],
    ['two senders with keys', live('elastic', {}), live('elastic', {}), false],
  ])('%s', (_case, a, b, expected) => {
    expect(collides(a, b)).toBe(expected)
  })
})

test.each([
  ['127.0.0.1', true],
  ['127.9.9.9', true],
  ['::1', true],
  ['0:0:0:0:0:0:0:1', true],
  ['0.0.0.0', false],
  ['::', false],
  ['10.0.0.1', false],
  ['::ffff:127.0.0.1', false],
  ['fe80::1', false],
])('%s is this machine alone: %s', (address, expected) => {
  expect(isLoopback(address)).toBe(expected)
})

test('what a kind does not need is not kept', () => {
  const all: LogSourceSettings = { address: ' 127.0.0.1 ', port: 5, path: '/x', format: 'bind', backfill: true, quietAfterMs: 60_000 }
  expect(settingsOf('elastic', all)).toEqual({ ...all, address: null, port: null, path: null, backfill: false })
  expect(settingsOf('syslog-udp', all)).toEqual({ ...all, address: '127.0.0.1', path: null, backfill: false })
  expect(settingsOf('tail', all)).toEqual({ ...all, address: null, port: null })
  expect(settingsOf('dnstap-unix', all)).toEqual({ ...all, address: null, port: null, format: null, backfill: false })
})
