import { describe, expect, test } from 'vitest'
import type { Intake } from '@/lib/domain/intake'
import { phaseText } from './upload-card'
import { nextToStart, type Upload, type UploadAction, uploadReducer } from './upload-state'

const INTAKE: Intake = {
  id: 'i1',
  via: 'upload',
  name: 'dns.log',
  format: 'zeek-tsv',
  state: 'done',
  startedAt: 0,
  finishedAt: 1,
  bytesReceived: 1_000,
  bytesTotal: 1_000,
  records: 10,
  dnsEvents: 10,
  processEvents: 0,
  duplicates: 0,
  skipped: {},
  rejected: 0,
  rejects: [],
  firstEventAt: 0,
  lastEventAt: 1,
  alarms: 1,
  problems: [],
  error: null,
  demo: false,
}
const FILE = { id: 'a', name: 'dns.log', size: 1_000 }

const play = (...actions: readonly UploadAction[]): readonly Upload[] => actions.reduce(uploadReducer, [] as readonly Upload[])
const added: UploadAction = { type: 'add', files: [FILE] }
const started: UploadAction = { type: 'start', id: 'a', at: 0 }
const sent = (bytes: number, at: number): UploadAction => ({ type: 'sent', id: 'a', bytes, at })

describe('an upload', () => {
  test('waits, sends, is analysed once every byte has left, and is done with the account', () => {
    expect(play(added)[0]?.phase).toBe('queued')
    expect(play(added, started)[0]?.phase).toBe('sending')
    expect(play(added, started, sent(0, 0), sent(400, 500))[0]).toMatchObject({ phase: 'sending', sentBytes: 400, rate: 800 })
    expect(play(added, started, sent(1_000, 1_000))[0]?.phase).toBe('analysing')
    expect(play(added, started, sent(1_000, 1_000), { type: 'done', id: 'a', intake: INTAKE })[0]).toMatchObject({
      phase: 'done',
      intake: INTAKE,
      failure: null,
    })
  })

  test('has the rate of its last three seconds', () => {
    const [upload] = play(
      { ...added, files: [{ ...FILE, size: 1e9 }] },
      started,
      sent(1_000, 1_000),
      sent(2_000, 4_000),
      sent(9_000, 5_000),
    )
    expect(upload?.rate).toBe(7_000)
  })

  test('whose account says failed has failed, with what was tried', () => {
    const intake: Intake = { ...INTAKE, state: 'failed', error: 'Tried zeek-tsv, pcap.' }
    expect(play(added, started, { type: 'done', id: 'a', intake })[0]).toMatchObject({
      phase: 'failed',
      failure: { detail: 'Tried zeek-tsv, pcap.' },
    })
  })

  test('that was refused can be tried again from the start', () => {
    const failed = play(added, started, sent(500, 300), { type: 'fail', id: 'a', detail: 'no', requestId: 'r1' })
    expect(failed[0]).toMatchObject({ phase: 'failed', failure: { detail: 'no', requestId: 'r1' } })
    expect(uploadReducer(failed, { type: 'retry', id: 'a' })[0]).toMatchObject({ phase: 'queued', sentBytes: 0, failure: null })
  })

  test('that was cancelled ignores what still comes in', () => {
    const cancelled = play(added, started, sent(500, 300), { type: 'cancel', id: 'a' })
    for (const late of [sent(900, 600), { type: 'done', id: 'a', intake: INTAKE }, started] as const)
      expect(uploadReducer(cancelled, late)[0]?.phase).toBe('cancelled')
  })

  test('that is under way cannot be put away', () => {
    expect(play(added, started, { type: 'dismiss', id: 'a' })).toHaveLength(1)
    expect(play(added, started, { type: 'cancel', id: 'a' }, { type: 'dismiss', id: 'a' })).toHaveLength(0)
  })

  test('never goes back when readings arrive out of order', () => {
    expect(play(added, started, sent(500, 300), sent(400, 310))[0]?.sentBytes).toBe(500)
  })

  test('that lost its connection says so, and goes on from what the server has', () => {
    const lost = play(added, started, sent(0, 0), sent(500, 300), { type: 'lost', id: 'a' })
    expect(lost[0]).toMatchObject({ phase: 'lost', sentBytes: 500, rate: null })
    expect(lost[0] && phaseText(lost[0])).toBe('Connection lost at 500 B of 1.0 kB. It is tried again by itself')
    expect(uploadReducer(lost, sent(400, 5_000))[0]).toMatchObject({ phase: 'sending', sentBytes: 400 })
  })

  test('that is paused keeps what it has, lets the next one go, and is queued again', () => {
    const paused = play({ type: 'add', files: [FILE, { ...FILE, id: 'b' }] }, started, sent(500, 300), { type: 'pause', id: 'a' })
    expect(paused[0]).toMatchObject({ phase: 'paused', sentBytes: 500 })
    expect(nextToStart(paused)?.id).toBe('b')
    expect(uploadReducer(paused, { type: 'resume', id: 'a' })[0]).toMatchObject({ phase: 'queued', sentBytes: 500 })
    expect(uploadReducer(paused, sent(600, 400))[0]?.phase).toBe('paused')
  })

  test('that is whole on the server cannot be paused', () => {
    expect(uploadReducer(play(added, started, sent(1_000, 1)), { type: 'pause', id: 'a' })[0]?.phase).toBe('analysing')
  })

  test('of no bytes is analysed at its first reading', () => {
    expect(play({ type: 'add', files: [{ ...FILE, size: 0 }] }, started, sent(0, 10))[0]?.phase).toBe('analysing')
  })
})

test('files are sent one after the other', () => {
  const both: UploadAction = { type: 'add', files: [FILE, { ...FILE, id: 'b' }] }
  expect(nextToStart(play(both))?.id).toBe('a')
  expect(nextToStart(play(both, started))).toBeNull()
  expect(nextToStart(play(both, started, { type: 'fail', id: 'a', detail: 'no', requestId: null }))?.id).toBe('b')
})

test('progress is said in words', () => {
  const [upload] = play(added, started, sent(0, 0), sent(400, 500))
  expect(upload && phaseText(upload)).toBe('400 B of 1.0 kB, 800 B/s')
})
