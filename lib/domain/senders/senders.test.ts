import { describe, expect, test } from 'vitest'
import { draftProblems, settingsOf } from '../log-source-draft'
import { findSender, SENDER_GROUPS, SENDERS, sendersOf } from './senders'
import { endpointOf, listenerOf, type Setup } from './setup'

const SECRET = 'dsk_abcdefghijklmnopqrstuvwxyz'
const setup = (part: Partial<Setup> = {}): Setup => ({
  ...{ origin: 'https://dowser.example.org', keyId: 'key-1', secret: SECRET, address: null, port: null, path: null },
  ...part,
})
const codeOf = (id: string, part: Partial<Setup> = {}): string => {
  const sender = findSender(id)
  const { address = null, port = null, path = null } = sender?.defaults ?? {}
  return (sender?.config(setup({ address, port, path, ...part })).parts ?? []).map(({ code }) => code).join('\n')
}

describe('every sender', () => {
  test('has an id of its own, stands in a group, and every kind has one', () => {
    expect(new Set(SENDERS.map(({ id }) => id)).size).toBe(SENDERS.length)
    for (const { group } of SENDERS) expect(SENDER_GROUPS).toContain(group)
    for (const kind of ['elastic', 'api', 'dnstap-unix', 'dnstap-tcp', 'syslog-udp', 'syslog-tcp', 'tail'] as const)
      expect(sendersOf(kind).length).toBeGreaterThan(0)
  })

  test.each(SENDERS.map((sender) => [sender.name, sender] as const))(
    '%s: its defaults can be saved as they are',
    (_name, { name, kind, defaults }) => {
      const plain = { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 900_000 }
      expect(
        draftProblems({ name, kind, settings: settingsOf(kind, { ...plain, ...defaults }), acceptsUnauthenticated: false }, []),
      ).toEqual([])
    },
  )

  test.each(SENDERS.map(({ name, id }) => [name, id] as const))('%s: its configuration is complete and has notes', (_name, id) => {
    const code = codeOf(id)
    expect(code).not.toMatch(/undefined|null|NaN|\[object/)
    expect(code.trim()).not.toBe('')
    const notes = findSender(id)?.config(setup()).notes ?? []
    expect(notes.length).toBeGreaterThan(0)
    for (const note of notes) expect(note).toMatch(/\S[.)]$/)
  })

  test('takes the key where it sends with one, and a placeholder once that was shown', () => {
    for (const { id, kind } of SENDERS) {
      const isKeyed = kind === 'elastic' || kind === 'api'
      expect(codeOf(id).includes(SECRET)).toBe(isKeyed)
      expect(codeOf(id, { secret: null }).includes('YOUR-KEY')).toBe(isKeyed)
    }
  })
})

describe('options as the senders document them', () => {
  test.each([
    // elastic.co: winlogbeat.event_logs, output.elasticsearch; a host without a port would mean 9200.
    [
      'winlogbeat',
      [
        'name: Microsoft-Windows-Sysmon/Operational',
        'event_id: 1, 22',
        'hosts: ["https://dowser.example.org:443"]',
        `api_key: "key-1:${SECRET}"`,
        'setup.ilm.enabled: false',
        'setup.template.enabled: false',
      ],
    ],
    ['filebeat', ['type: filestream', 'output.elasticsearch:']],
    ['packetbeat', ['packetbeat.protocols:', 'type: dns', 'include_authorities: true']],
    ['elastic-agent', ['outputs:', 'type: elasticsearch', `api_key: "key-1:${SECRET}"`]],
    // logstash-output-elasticsearch: user/password work over http and https, api_key over https alone.
    [
      'logstash',
      [
        'hosts => ["https://dowser.example.org:443"]',
        'user => "key-1"',
        `password => "${SECRET}"`,
        'manage_template => false',
        'ilm_enabled => false',
      ],
    ],
    ['vector', ['type: elasticsearch', 'endpoints: ["https://dowser.example.org:443"]', 'api_version: v8', 'strategy: basic']],
    [
      'fluent-bit',
      [
        'Name                es',
        'Port                443',
        'tls                 On',
        'Suppress_Type_Name  On',
        `HTTP_Passwd         ${SECRET}`,
      ],
    ],
    [
      'rsyslog-elastic',
      ['type="omelasticsearch"', 'serverport="443"', 'usehttps="on"', 'uid="key-1"', `pwd="${SECRET}"`, 'bulkmode="on"', 'searchType=""'],
    ],
    ['syslog-ng-elastic', ['elasticsearch-http(', 'url("https://dowser.example.org:443/_bulk")', 'type("")', '{ISODATE}', '{MESSAGE}']],
    // unbound.conf(5): dnstap-tls is yes unless it is switched off.
    ['unbound', ['dnstap-enable: yes', 'dnstap-ip: "127.0.0.1@6000"', 'dnstap-tls: no', 'dnstap-log-client-response-messages: yes']],
    ['unbound-socket', ['dnstap-socket-path: "/run/dowser/dnstap.sock"']],
    // BIND 9 ARM: dnstap, dnstap-output, dnstap-identity.
    ['bind', ['dnstap { client; };', 'dnstap-output unix "/run/dowser/dnstap.sock";']],
    ['knot', ['sink: "unix:/run/dowser/dnstap.sock"', 'socket_path = "/run/dowser/dnstap.sock"', 'log_queries = true']],
    ['coredns', ['dnstap tcp://127.0.0.1:6000 full']],
    ['coredns-socket', ['dnstap unix:///run/dowser/dnstap.sock full']],
    ['dnsdist', ['newFrameStreamTcpLogger("127.0.0.1:6000")', 'DnstapLogAction("dnsdist", dowser)', 'DnstapLogResponseAction(']],
    ['dnsdist-socket', ['newFrameStreamUnixLogger("/run/dowser/dnstap.sock")']],
    ['rsyslog-tcp', ['type="omfwd"', 'target="127.0.0.1"', 'port="5514"', 'protocol="tcp"', 'TCP_Framing="octet-counted"']],
    ['rsyslog-udp', ['protocol="udp"']],
    ['syslog-ng-udp', ['syslog("127.0.0.1" port(5514) transport("udp"))']],
    ['pihole', ['log-queries=extra', 'log-facility=/var/log/pihole/pihole.log']],
    ['bind-file', ['category queries', 'print-time iso8601-utc;', 'rndc querylog on']],
    ['zeek', ['@load policy/tuning/json-logs.zeek']],
    ['suricata', ['eve-log:', 'filename: "/var/log/suricata/eve.json"', '- dns:']],
    ['windows-debug', ['Set-DnsServerDiagnostics', '-EnableLoggingToFile $true']],
    ['curl', [`Authorization: Bearer ${SECRET}`, '--data-binary @dns.log']],
  ])('%s', (id, options) => {
    const code = codeOf(id)
    for (const option of options) expect(code).toContain(option)
  })
})

describe('the address', () => {
  test.each([
    ['https://dowser.example.org', 'https://dowser.example.org:443', true],
    ['http://10.0.0.9', 'http://10.0.0.9:80', false],
    ['http://localhost:3000', 'http://localhost:3000', false],
    ['http://[::1]:3000', 'http://[::1]:3000', false],
  ])('of %s always has its port', (origin, url, isTls) => {
    expect(endpointOf(setup({ origin }))).toMatchObject({ url, isTls })
  })

  test.each([
    ['127.0.0.1', '127.0.0.1', '127.0.0.1:6000'],
    ['::1', '::1', '[::1]:6000'],
    ['0.0.0.0', 'dowser.example.org', 'dowser.example.org:6000'],
    ['::', 'dowser.example.org', 'dowser.example.org:6000'],
  ])('of a listener on %s is %s for its senders', (address, host, hostPort) => {
    expect(listenerOf(setup({ address, port: 6000 }))).toEqual({ host, hostPort, port: 6000 })
  })

  test('that other machines cannot reach is told, and one without encryption too', () => {
    const notes = (origin: string) => findSender('vector')?.config(setup({ origin })).notes.join(' ')
    expect(notes('http://localhost:3000')).toContain('from this machine alone')
    expect(notes('http://dowser.example.org')).toContain('can be read on the way')
    expect(notes('https://dowser.example.org')).not.toMatch(/machine alone|read on the way/)
  })
})

test('a path with quotes stays inside its quotes', () => {
  expect(codeOf('bind', { path: '/run/a"; inet * allow { any; }; "' })).toContain('unix "/run/a\\"; inet * allow { any; }; \\"";')
})
