import { createSocket } from 'node:dgram'
import { readdirSync, truncateSync, writeFileSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { SyslogTcpListener } from '../syslog/tcp-listener'
import { SyslogUdpListener } from '../syslog/udp-listener'
import { ArrivalJournal } from './arrival-journal'
import { openTestStream, sourceOf, type TestStream, until } from './fixtures/test-stream'

const T0 = Date.now()
let stream: TestStream
let journalDir: string
let aheadMs: number
let open: { stop(): Promise<void> }[]
let sockets: Socket[]
beforeEach(() => {
  stream = openTestStream()
  journalDir = join(stream.dir, 'arrivals')
  aheadMs = 0
  open = []
  sockets = []
})
afterEach(async () => {
  stream.isDead = false
  for (const socket of sockets) socket.destroy()
  for (const listener of open) await listener.stop()
  stream.close()
})

const now = (): number => Date.now() + aheadMs
const source = sourceOf('syslog-tcp', { address: '127.0.0.1', port: 0, format: 'unbound' })
const clockText = (ms: number): string => String(Math.floor(ms / 1_000))
/** Unbound logs the query alone; dnsmasq the query and, when it comes, the answer. */
const query = (n: number): string =>
  `<30>1 ${new Date(T0 - 1_000).toISOString()} r2 unbound 7 - - [${clockText(T0 - 1_000)}] unbound[7:0] info: 10.0.0.9 n${n}.example.org. A IN\n`

async function listen(hold = 10_000): Promise<SyslogTcpListener> {
  const listener = new SyslogTcpListener(source, stream, { now, holdMs: hold, stopWaitMs: 300, journalDir })
  await listener.start()
  open.push(listener)
  return listener
}
async function send(listener: SyslogTcpListener, text: string): Promise<void> {
  const socket = connect(listener.port ?? 0, '127.0.0.1')
  sockets.push(socket)
  await new Promise<void>((resolve) => socket.write(text, () => resolve()))
}
/** Nothing of it is stored from now on, as after SIGKILL. */
async function kill(listener: SyslogTcpListener): Promise<void> {
  stream.isDead = true
  await listener.stop().catch(() => {})
  open = open.filter((one) => one !== listener)
  stream.isDead = false
}
const names = (): string[] =>
  stream
    .lookups()
    .map(({ qname }) => qname)
    .sort()
const keptBytes = (): number => [...new ArrivalJournal(join(journalDir, 's1'), 0).read(0)].length

test('lookups that waited for their answers when the process was killed are stored by the next one, once', async () => {
  const first = await listen()
  await send(first, Array.from({ length: 50 }, (_, n) => query(n)).join(''))
  await until(() => keptBytes() === 50)
  expect(names()).toEqual([])
  await kill(first)
  const second = await listen(0)
  await until(() => names().length === 50)
  expect(stream.duplicates).toBe(0)
  await second.stop()
  open = []
  expect(readdirSync(join(journalDir, 's1'))).toEqual([])
})

test('what was stored before the kill is read again to understand what follows, and not counted twice', async () => {
  const first = await listen(300)
  await send(first, query(1) + query(2))
  await until(() => stream.records === 2)
  aheadMs += 1_000
  await until(() => names().length === 2)
  await send(first, query(3))
  await until(() => stream.records === 3)
  await kill(first)
  await listen(0)
  await until(() => names().length === 3)
  expect(names()).toEqual(['n1.example.org', 'n2.example.org', 'n3.example.org'])
  expect(stream.added).toBe(3)
})

test('datagrams are kept alike', async () => {
  const udp = { ...source, kind: 'syslog-udp' as const }
  const options = { now, stopWaitMs: 300, journalDir }
  const first = new SyslogUdpListener(udp, stream, options)
  await first.start()
  const socket = createSocket('udp4')
  socket.send(query(1), first.port ?? 0, '127.0.0.1')
  await until(() => keptBytes() === 1)
  socket.close()
  stream.isDead = true
  await first.stop().catch(() => {})
  stream.isDead = false
  const second = new SyslogUdpListener(udp, stream, { ...options, holdMs: 0 })
  await second.start()
  open.push(second)
  await until(() => names().length === 1)
})

test('a journal that was cut in the middle of an arrival gives what is whole, and is gone on with', () => {
  const dir = join(journalDir, 'cut')
  const before = new ArrivalJournal(dir, 0)
  for (const text of ['one', 'two', 'three']) before.append('s', Buffer.from(text))
  before.close()
  const [file = ''] = readdirSync(dir)
  truncateSync(join(dir, file), before.position - 2)
  const after = new ArrivalJournal(dir, 0)
  after.append('s', Buffer.from('four'))
  after.flush()
  const texts = (from: number) => [...after.read(from)].map(({ bytes }) => bytes.toString())
  expect(texts(0)).toEqual(['one', 'two', 'four'])
  expect(texts(12)).toEqual(['two', 'four'])
  after.clear()
})

test('a journal takes no more than it may, and forgets files that nothing is needed of', () => {
  const journal = new ArrivalJournal(join(journalDir, 'full'), 0, { maxBytes: 100, segmentBytes: 20 })
  for (let n = 0; n < 50; n++) {
    journal.append('', Buffer.from('0123456789'))
    journal.flush()
  }
  expect(journal.position).toBeLessThanOrEqual(130)
  const kept = [...journal.read(0)].length
  journal.forgetBefore(journal.position)
  expect([...journal.read(0)].length).toBeLessThan(kept)
  expect(journal.isBlind).toBe(false)
  journal.clear()
})

test('bytes that are no journal are left alone', () => {
  const dir = join(journalDir, 'odd')
  const journal = new ArrivalJournal(dir, 0)
  writeFileSync(join(dir, '000000000000000.arrivals'), Buffer.alloc(50, 0xff))
  expect([...new ArrivalJournal(dir, 7).read(0)]).toEqual([])
  expect(new ArrivalJournal(dir, 7).position).toBe(7)
  journal.clear()
})
