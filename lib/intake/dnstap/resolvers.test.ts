import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { LogSourceSettings } from '@/lib/domain/log-source'
import { bind, unbound } from '@/lib/domain/senders/dnstap-config'
import { dig, freePort, type RunningProgram, runProgram } from '../stream/fixtures/programs'
import { openTestStream, sourceOf, type TestStream, until } from '../stream/fixtures/test-stream'
import { DnstapListener } from './listener'

/** Real name servers, configured by what the page of sources prints, against the listener on real sockets. */

const NAMES = Array.from({ length: 40 }, (_, at) => `q${at}.lab.test`)
const QUESTIONS = NAMES.flatMap((name) => [[name, 'A'] as const, [name, 'TXT'] as const])

let stream: TestStream
let running: RunningProgram | null
let listener: DnstapListener | null
beforeEach(() => {
  stream = openTestStream()
  running = null
  listener = null
})
afterEach(async () => {
  await running?.stop()
  await listener?.stop()
  stream.close()
})

async function listen(settings: Partial<LogSourceSettings>) {
  listener = new DnstapListener(sourceOf(settings.path ? 'dnstap-unix' : 'dnstap-tcp', settings), stream, { now: Date.now, holdMs: 1_000 })
  await listener.start()
  const nothing = { keyId: null, secret: null, address: null, port: null, path: null }
  return { ...nothing, origin: 'http://127.0.0.1:3000', ...settings, port: listener.port }
}

const NUDGE = 'nudge.lab.test'
const asked = () => stream.lookups().filter(({ qname }) => qname !== NUDGE)
const missing = () => {
  const known = new Set(asked().map(({ qname, qtype }) => `${qname} ${qtype}`))
  return QUESTIONS.map(([name, type]) => `${name} ${type}`).filter((question) => !known.has(question))
}

/** Everything asked is stored once, answered, with its client. */
async function expectAll(port: number) {
  // Unbound sends what it holds when a timer runs out that the next message may have to start.
  const timer = setInterval(() => void dig(port, [[NUDGE, 'A']]).catch(() => {}), 2_000)
  try {
    await until(
      () => asked().length >= QUESTIONS.length,
      () => [missing(), stream.records, stream.rejects, running?.said().slice(-1_000)],
    )
  } finally {
    clearInterval(timer)
  }
  await new Promise((resolve) => setTimeout(resolve, 1_500))
  const lookups = asked()
  expect(lookups.map(({ qname, qtype }) => `${qname} ${qtype}`).sort()).toEqual(QUESTIONS.map(([name, type]) => `${name} ${type}`).sort())
  expect(new Set(lookups.map(({ clientIp, scope, rcode }) => `${clientIp} ${scope} ${rcode}`))).toEqual(
    new Set(['127.0.0.1 client NOERROR']),
  )
  expect(
    lookups.every(({ clientPort, transactionId, at }) => clientPort !== null && transactionId !== null && Date.now() - at < 60_000),
  ).toBe(true)
  expect(stream.rejects).toEqual([])
}

describe('unbound', { timeout: 60_000 }, () => {
  test.each(['socket', 'tcp'])('sends what its clients asked, over %s', async (way) => {
    const setup = await listen(way === 'socket' ? { path: join(stream.dir, 'dnstap.sock') } : { address: '127.0.0.1', port: 0 as number })
    const port = await freePort()
    const lines = [
      'server:',
      ...['username: ""', 'chroot: ""', 'use-syslog: no', 'do-daemonize: no', 'logfile: ""', 'do-ip6: no', 'num-threads: 1'].map(
        (line) => `    ${line}`,
      ),
      `    directory: "${stream.dir}"`,
      `    pidfile: "${join(stream.dir, 'unbound.pid')}"`,
      `    interface: 127.0.0.1@${port}`,
      '    local-zone: "lab.test." static',
      ...NAMES.flatMap((name) => [`    local-data: "${name}. 60 IN A 192.0.2.7"`, `    local-data: '${name}. 60 IN TXT "a b"'`]),
      'remote-control:',
      '    control-enable: no',
    ]
    const file = join(stream.dir, 'unbound.conf')
    writeFileSync(file, `${lines.join('\n')}\n${unbound(setup).parts[0]?.code}`)
    const server = await runProgram('unbound', ['-d', '-c', file])
    running = server
    await until(() => server.said().includes('start of service'), server.said)
    await until(() => stream.notes.some(({ connections }) => connections === 1), server.said)
    expect((await dig(port, QUESTIONS)).match(/status: NOERROR/g)).toHaveLength(QUESTIONS.length)
    await expectAll(port)
  })
})

describe('BIND', { timeout: 60_000 }, () => {
  test('sends what its clients asked, over a socket', async () => {
    const setup = await listen({ path: join(stream.dir, 'dnstap.sock') })
    const port = await freePort()
    const zone = [
      '$TTL 60',
      '@ IN SOA ns.lab.test. root.lab.test. 1 60 60 60 60',
      '@ IN NS ns',
      'ns IN A 127.0.0.1',
      '* IN A 192.0.2.7',
      '* IN TXT "a b"',
      '',
    ]
    writeFileSync(join(stream.dir, 'lab.zone'), zone.join('\n'))
    const options = [
      `    directory "${stream.dir}"; pid-file none; session-keyfile none; lock-file none;`,
      `    listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };`,
      '    recursion no; notify no; dnssec-validation no;',
    ]
    const printed = bind(setup).parts[0]?.code ?? ''
    const file = join(stream.dir, 'named.conf')
    writeFileSync(
      file,
      `${printed.replace('options {', `options {\n${options.join('\n')}`)}\ncontrols { };\nzone "lab.test" { type primary; file "lab.zone"; };\n`,
    )
    const server = await runProgram('named', ['-g', '-c', file, '-n', '1'])
    running = server
    await until(() => server.said().includes('running'), server.said)
    expect((await dig(port, QUESTIONS)).match(/status: NOERROR/g)).toHaveLength(QUESTIONS.length)
    await expectAll(port)
  })
})
