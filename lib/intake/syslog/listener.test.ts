import { createSocket } from 'node:dgram'
import { createConnection, type Socket } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTestStream, sourceOf, type TestStream, until } from '../stream/fixtures/test-stream'
import { SyslogTcpListener } from './tcp-listener'
import { SyslogUdpListener } from './udp-listener'

const bindLine = (n: number) => `client @0x7f1 10.0.0.5#${10_000 + n} (q${n}.t.example): query: q${n}.t.example IN TXT +E(0)K (10.0.0.53)`
const counted = (message: string) => `${Buffer.byteLength(message)} ${message}`

let stream: TestStream
let listener: SyslogTcpListener | SyslogUdpListener
beforeEach(() => {
  stream = openTestStream()
})
afterEach(async () => {
  await listener.stop()
  stream.close()
})

async function overTcp(options: object = {}, format: string | null = null): Promise<Socket & { isClosed?: boolean }> {
  listener = new SyslogTcpListener(sourceOf('syslog-tcp', { address: '127.0.0.1', port: 0, format }), stream, {
    now: Date.now,
    holdMs: 100,
    ...options,
  })
  await listener.start()
  const socket: Socket & { isClosed?: boolean } = createConnection(listener.port ?? 0, '127.0.0.1')
  socket.on('error', () => {})
  socket.on('close', () => {
    socket.isClosed = true
  })
  return socket
}

test('takes the host and the time of the header where the line has none', async () => {
  const socket = await overTcp()
  socket.end(counted(`<30>1 2026-11-21T10:00:00.250Z ns1 named 12 - - ${bindLine(1)}`))
  await until(() => stream.added === 1)
  expect(stream.lookups()).toMatchObject([
    { sensor: 'ns1', at: Date.UTC(2026, 10, 21, 10, 0, 0, 250), qname: 'q1.t.example', format: 'bind' },
  ])
})

test('knows programs whose lines need the header, and puts their questions and answers together', async () => {
  const socket = await overTcp({ holdMs: 3_000 })
  const lines = [
    'dnsmasq[10]: 1 10.9.0.20/48988 query[A] www.example.com from 10.9.0.20',
    'unbound[7]: [7:0] info: 10.0.0.9 api.example.com. A IN',
    'sshd[9]: Accepted publickey for root',
    'dnsmasq[10]: 1 10.9.0.20/48988 reply www.example.com is 192.0.2.7',
  ]
  socket.end(lines.map((line) => `<30>Nov 21 10:00:00 gw ${line}\n`).join(''))
  await until(() => stream.added === 2)
  expect(stream.lookups().sort((a, b) => (a.qname < b.qname ? -1 : 1))).toMatchObject([
    { qname: 'api.example.com', sensor: 'gw' },
    { qname: 'www.example.com', sensor: 'gw', answers: [{ data: '192.0.2.7' }] },
  ])
  expect(stream.rejects).toMatchObject([{ reason: 'unknown-line', sample: expect.stringContaining('sshd') }])
})

test('two senders of one name do not disturb each other, nor does a line end one inside the other', async () => {
  const first = await overTcp()
  const second = createConnection(listener.port ?? 0, '127.0.0.1')
  const [one, two] = [1, 2].map((n) => `<30>1 2026-11-21T10:00:00Z ns1 named 12 - - ${bindLine(n)}`)
  first.write(counted(one ?? '').slice(0, 40))
  second.end(`${two}\n`)
  await until(() => stream.added === 1)
  first.end(counted(one ?? '').slice(40))
  await until(() => stream.added === 2)
  expect(stream.rejects).toEqual([])
})

test('loses nothing while the engine has no room', async () => {
  stream.refusals = 4
  const socket = await overTcp()
  socket.end(Array.from({ length: 6_000 }, (_, n) => `<30>1 2026-11-21T10:00:00Z ns1 named 12 - - ${bindLine(n)}\n`).join(''))
  await until(() => stream.added === 6_000)
  expect(stream.duplicates).toBe(0)
})

test('leaves out messages over the limit, and drops who stops inside one', async () => {
  const socket = await overTcp({ maxMessageBytes: 300, stallMs: 300 })
  socket.write(`<30>x: ${'y'.repeat(400)}\n<30>Nov 21 10:00:00 gw named[1]: ${bindLine(1)}\n<30>half`)
  await until(() => socket.isClosed === true)
  await until(() => stream.added === 1)
  expect(stream.rejects).toMatchObject([{ reason: 'line-too-long' }])
})

test('looks for one format alone where the source names it', async () => {
  const socket = await overTcp({}, 'unbound')
  socket.end(
    `<30>Nov 21 10:00:00 gw named[1]: ${bindLine(1)}\n<30>Nov 21 10:00:00 gw unbound[7]: [7:0] info: 10.0.0.9 api.example.com. A IN\n`,
  )
  await until(() => stream.added === 1)
  expect(stream.lookups().map(({ format }) => format)).toEqual(['unbound'])
})

test('over UDP drops and counts what there is no room for, and goes on', async () => {
  listener = new SyslogUdpListener(sourceOf('syslog-udp', { address: '127.0.0.1', port: 0 }), stream, {
    now: Date.now,
    holdMs: 0,
    maxWaitingEvents: 10,
  })
  await listener.start()
  stream.refusals = 20
  const socket = createSocket('udp4')
  const port = listener.port ?? 0
  let sent = 0
  const timer = setInterval(() => {
    for (let n = 0; n < 20; n++) socket.send(`<30>1 2026-11-21T10:00:00Z ns1 named 12 - - ${bindLine(sent++ % 50_000)}`, port, '127.0.0.1')
  }, 20)
  try {
    await until(() => (stream.skipped['dropped: no room'] ?? 0) > 0 && stream.added > 0)
  } finally {
    clearInterval(timer)
    socket.close()
  }
  expect(stream.notes.every(({ error }) => error === undefined || error === null)).toBe(true)
})
