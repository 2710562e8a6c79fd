import fc from 'fast-check'
import { expect, test } from 'vitest'
import { controlFrame, FrameStream } from './frame-stream'

const TYPE = 'protobuf:dnstap.Dnstap'
const [ACCEPT, START, STOP, READY, FINISH] = [1, 2, 3, 4, 5]
const data = (...bytes: number[]) => Buffer.from([0, 0, 0, bytes.length, ...bytes])

function reading() {
  const seen = { frames: [] as number[], replies: [] as string[], ends: [] as string[] }
  const stream = new FrameStream(TYPE, {
    frames: (bytes) => seen.frames.push(...bytes),
    reply: (bytes) => seen.replies.push(bytes.toString('hex')),
    finished: () => seen.ends.push('finished'),
    failed: (reason) => seen.ends.push(reason),
  })
  return { seen, stream }
}

test('control frames have the bytes of the specification', () => {
  // fstrm README: escape, length, type, field 1, its length, its text.
  expect(controlFrame(START, 'ab').toString('hex')).toBe('00000000' + '0000000e' + '00000002' + '00000001' + '00000002' + '6162')
  expect(controlFrame(FINISH, null).toString('hex')).toBe('00000000' + '00000004' + '00000005')
})

test.each([
  ['with a handshake', [controlFrame(READY, TYPE), controlFrame(START, TYPE)], [controlFrame(ACCEPT, TYPE), controlFrame(FINISH, null)]],
  ['without', [controlFrame(START, TYPE)], []],
])('reads frames %s, however the bytes are cut', (_name, opening, replies) => {
  const sent = Buffer.concat([...opening, data(1, 2), data(3), controlFrame(STOP, null)])
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: sent.length })), (cuts) => {
      const { seen, stream } = reading()
      const at = [0, ...cuts.sort((a, b) => a - b), sent.length]
      for (let n = 1; n < at.length; n++) stream.push(sent.subarray(at[n - 1], at[n]))
      expect(seen).toEqual({
        frames: [...data(1, 2), ...data(3)],
        replies: replies.map((frame) => frame.toString('hex')),
        ends: ['finished'],
      })
    }),
    { numRuns: 50 },
  )
})

test.each([
  ['data before START', [data(1)], 'data before a START frame'],
  ['READY for something else', [controlFrame(READY, 'protobuf:other')], 'does not offer'],
  ['START of something else', [controlFrame(START, 'protobuf:other')], 'is not protobuf:dnstap.Dnstap'],
  ['STOP first', [controlFrame(STOP, null)], 'control frame 3'],
  ['a frame of a gigabyte', [controlFrame(START, TYPE), Buffer.from([0x40, 0, 0, 0])], 'a frame of 1073741824 bytes'],
  ['a control frame of a gigabyte', [Buffer.from([0, 0, 0, 0, 0x40, 0, 0, 0])], 'impossible length'],
  ['a field beyond its frame', [Buffer.from('000000000000000c0000000200000001000000ff', 'hex')], 'malformed control frame'],
  ['HTTP', [Buffer.from('GET / HTTP/1.1\r\n\r\n')], 'data before a START frame'],
])('breaks off at %s', (_name, sent, reason) => {
  const { seen, stream } = reading()
  for (const bytes of sent) stream.push(bytes)
  stream.push(data(9))
  expect(seen.frames).toEqual([])
  expect(seen.ends).toEqual([expect.stringContaining(reason)])
})

test('never throws, whatever comes', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 64 })), fc.boolean(), (chunks, starts) => {
      const { stream } = reading()
      if (starts) stream.push(controlFrame(START, TYPE))
      for (const chunk of chunks) stream.push(Buffer.from(chunk))
    }),
  )
})
