import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DnsEvent } from '@/lib/domain/dns-event'
import { rsyslog } from '@/lib/domain/senders/syslog-config'
import { readLog } from '@/lib/formats/read-log'
import { debianProgram } from '@/scripts/run/debian.mjs'
import { type RunningProgram, runProgram } from '../stream/fixtures/programs'
import { openTestStream, sourceOf, type TestStream, until } from '../stream/fixtures/test-stream'
import { SyslogTcpListener } from './tcp-listener'
import { SyslogUdpListener } from './udp-listener'

/** The real rsyslogd, with the action that the page of sources prints, forwards the lines of a file. */

const fixture = (format: string, file: string) => readFileSync(join(__dirname, '..', '..', 'formats', format, 'fixtures', file), 'utf8')

let stream: TestStream
let listener: SyslogTcpListener | SyslogUdpListener
let running: RunningProgram | null
beforeEach(() => {
  stream = openTestStream()
  running = null
})
afterEach(async () => {
  await running?.stop()
  await listener.stop()
  stream.close()
})

async function forward(kind: 'syslog-udp' | 'syslog-tcp', tag: string, text: string, holdMs: number): Promise<void> {
  const source = sourceOf(kind, { address: '127.0.0.1', port: 0 })
  listener = new (kind === 'syslog-udp' ? SyslogUdpListener : SyslogTcpListener)(source, stream, { now: Date.now, holdMs })
  await listener.start()
  const setup = { origin: 'http://127.0.0.1:3000', keyId: null, secret: null, address: '127.0.0.1', port: listener.port, path: null }
  const input = join(stream.dir, 'input.log')
  writeFileSync(input, text)
  const { file } = await debianProgram('rsyslogd')
  const lines = [
    `global(workDirectory="${stream.dir}")`,
    `module(load="${file('imfile.so')}")`,
    `input(type="imfile" File="${input}" Tag="${tag}:")`,
    rsyslog(kind)(setup).parts[0]?.code,
  ]
  const config = join(stream.dir, 'rsyslog.conf')
  writeFileSync(config, lines.join('\n'))
  running = await runProgram('rsyslogd', ['-n', '-f', config, '-i', join(stream.dir, 'rsyslog.pid')])
}

async function imported(text: string): Promise<DnsEvent[]> {
  const events: DnsEvent[] = []
  const bytes = (async function* () {
    yield Buffer.from(text)
  })()
  for await (const batch of readLog(bytes, { nowMs: Date.now() })) events.push(...batch.events.filter((event) => event.kind === 'dns'))
  return events
}

const facts = (events: readonly DnsEvent[]) =>
  events
    .map(({ at, qname, qtype, clientIp, clientPort, rcode, answerCount }) =>
      [at, qname, qtype, clientIp, clientPort, rcode, answerCount].join(' '),
    )
    .sort()

/** Real lines of BIND, each client port once: 4,000 queries, twice over what one read of a socket holds. */
const manyOfBind = (): string =>
  Array.from(
    { length: 4_000 },
    (_, at) =>
      `21-Nov-2026 18:08:${String(10 + (at % 50))}.${String(at % 1_000).padStart(3, '0')} queries: info: client @0x7f1a324ff098 127.0.0.1#${20_000 + at} (q${at}.lab.test): query: q${at}.lab.test IN A +E(0)K (127.0.0.1)\n`,
  ).join('')

describe('rsyslogd', { timeout: 60_000 }, () => {
  test.each([
    ['named', () => fixture('bind', 'query.log')],
    ['named', manyOfBind],
    ['dnsmasq', () => fixture('dnsmasq', 'extra.log')],
    ['unbound', () => fixture('unbound', 'tagged.log')],
  ])('brings the lines of %s over TCP with counted octets, as many as the file has', async (tag, text) => {
    const expected = await imported(text())
    await forward('syslog-tcp', tag, text(), 3_000)
    await until(
      () => stream.added >= expected.length,
      () => [stream.added, expected.length, stream.rejects.slice(0, 3), running?.said()],
    )
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(facts(stream.lookups())).toEqual(facts(expected))
    expect(stream.rejects).toEqual([])
    expect(stream.records).toBe(
      text()
        .split('\n')
        .filter((line) => line !== '').length,
    )
  })

  test('brings lines over UDP, with the host it names', async () => {
    const expected = await imported(fixture('bind', 'query.log'))
    await forward('syslog-udp', 'named', fixture('bind', 'query.log'), 300)
    await until(
      () => stream.added >= expected.length,
      () => [stream.added, stream.rejects.slice(0, 3), running?.said()],
    )
    expect(facts(stream.lookups())).toEqual(facts(expected))
    expect(new Set(stream.lookups().map(({ sensor }) => sensor)).size).toBe(1)
    expect(stream.lookups()[0]?.sensor).not.toBeNull()
  })
})
