import { existsSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createConnection, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readLog } from '@/lib/formats/read-log'
import { openTestStream, sourceOf, type TestStream, until } from '../stream/fixtures/test-stream'
import { controlFrame } from './frame-stream'
import { DnstapListener, type DnstapOptions } from './listener'

const TYPE = 'protobuf:dnstap.Dnstap'
const CAPTURE = readFileSync(join(__dirname, '..', '..', 'formats', 'dnstap', 'fixtures', 'bind.fstrm'))

let stream: TestStream
let path: string
let listeners: DnstapListener[]
let sockets: Socket[]
beforeEach(() => {
  stream = openTestStream()
  path = join(stream.dir, 'tap.sock')
  listeners = []
  sockets = []
})
afterEach(async () => {
  for (const socket of sockets) socket.destroy()
  for (const listener of listeners) await listener.stop()
  stream.close()
})

async function listen(options: Partial<DnstapOptions> = {}): Promise<DnstapListener> {
  const listener = new DnstapListener(sourceOf('dnstap-unix', { path }), stream, {
    now: Date.now,
    holdMs: 100,
    stopWaitMs: 500,
    ...options,
  })
  await listener.start()
  listeners.push(listener)
  return listener
}

function connect(): Socket & { isClosed?: boolean } {
  const socket: Socket & { isClosed?: boolean } = createConnection({ path })
  socket.on('error', () => {})
  socket.on('close', () => {
    socket.isClosed = true
  })
  sockets.push(socket)
  return socket
}

async function idsOfImport(): Promise<number[]> {
  const ids: number[] = []
  for await (const { events } of readLog(
    (async function* () {
      yield CAPTURE
    })(),
    { nowMs: Date.now() },
  ))
    ids.push(...events.map(({ id }) => id))
  return ids.sort()
}
const storedIds = () =>
  stream
    .lookups()
    .map(({ id }) => id)
    .sort()

test('stores from a connection the very events of the same capture imported as a file', async () => {
  await listen()
  const socket = connect()
  for (let at = 0; at < CAPTURE.length; at += 100) socket.write(CAPTURE.subarray(at, at + 100))
  const expected = await idsOfImport()
  await until(() => stream.added >= expected.length)
  expect(storedIds()).toEqual(expected)
  expect(stream.rejects).toEqual([])
})

test('answers the handshake, and the end with FINISH', async () => {
  await listen()
  const socket = connect()
  let got = ''
  socket.on('data', (bytes) => (got += bytes.toString('hex')))
  socket.write(controlFrame(4, TYPE))
  await until(() => got.length > 0)
  expect(got).toBe(controlFrame(1, TYPE).toString('hex'))
  socket.write(CAPTURE)
  await until(() => socket.isClosed === true)
  expect(got).toBe(controlFrame(1, TYPE).toString('hex') + controlFrame(5, null).toString('hex'))
})

test('loses nothing while the engine has no room, and reads no further', async () => {
  stream.refusals = 3
  await listen()
  connect().write(CAPTURE)
  const expected = await idsOfImport()
  await until(() => stream.added >= expected.length)
  expect(stream.refusals).toBe(0)
  expect(storedIds()).toEqual(expected)
})

test('hands over at a stop what still waits for answers', async () => {
  const listener = await listen({ holdMs: 60_000 })
  connect().write(CAPTURE)
  await until(() => stream.records > 0)
  await listener.stop()
  expect(storedIds()).toEqual(await idsOfImport())
  expect(existsSync(path)).toBe(false)
})

test('says so when it could not hand over', async () => {
  const listener = await listen({ holdMs: 60_000 })
  connect().write(CAPTURE)
  await until(() => stream.records > 0)
  stream.refusals = 1_000
  await expect(listener.stop()).rejects.toThrow('no room')
  listeners.pop()
})

test('drops who says nothing and who stops inside a frame, keeps who is merely silent', async () => {
  await listen({ stallMs: 300 })
  const [mute, half, quiet] = [connect(), connect(), connect()]
  half.write(Buffer.concat([controlFrame(2, TYPE), Buffer.from([0, 0, 0, 9, 1])]))
  quiet.write(controlFrame(2, TYPE))
  await until(() => mute.isClosed === true && half.isClosed === true)
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(quiet.isClosed).toBeUndefined()
  expect(stream.notes.at(-1)).toEqual({ connections: 1 })
})

test('turns away connections beyond the limit, and counts them', async () => {
  await listen({ maxConnections: 2 })
  const [first, second] = [connect(), connect()]
  for (const socket of [first, second]) socket.write(controlFrame(2, TYPE))
  await until(() => stream.notes.at(-1)?.connections === 2)
  const third = connect()
  await until(() => third.isClosed === true)
  await until(() => stream.rejects.some(({ reason }) => reason === 'too-many-connections'))
  expect([first.isClosed, second.isClosed]).toEqual([undefined, undefined])
})

test('tells in words who does not speak dnstap', async () => {
  await listen()
  const socket = connect()
  socket.write('GET / HTTP/1.1\r\n\r\n')
  await until(() => socket.isClosed === true)
  await until(() => stream.rejects.length > 0)
  expect(stream.rejects).toMatchObject([{ reason: 'not-dnstap', detail: expect.stringContaining('START') }])
})

test('makes a socket that strangers cannot write to', async () => {
  await listen()
  expect(statSync(path).mode & 0o777).toBe(0o660)
})

test('takes the place of a socket that nobody listens on, never of a living one or of another file', async () => {
  const other = createServer()
  await new Promise<void>((resolve) => other.listen(path, resolve))
  await expect(listen()).rejects.toThrow('another process listens there already')
  // As after a kill: the file stays, nobody listens.
  renameSync(path, `${path}.left`)
  await new Promise((resolve) => other.close(resolve))
  renameSync(`${path}.left`, path)
  await (await listen()).stop()
  writeFileSync(path, 'precious')
  await expect(listen()).rejects.toThrow('something else than a socket')
  expect(readFileSync(path, 'utf8')).toBe('precious')
})

test('names what keeps it from listening', async () => {
  path = join(stream.dir, 'nowhere', 'tap.sock')
  await expect(listen()).rejects.toThrow(/nowhere\/tap.sock: its folder does not exist/)
})
