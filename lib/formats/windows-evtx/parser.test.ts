import { existsSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWhole } from '../test-support'
import { BinaryXmlError, xmlOf } from './binary-xml'
import { buildEvtx, ChunkWriter, closeRecord, evtxOf } from './evtx-builder'
import { FIXTURE_RECORDS } from './fixture-records'
import { valueText } from './value-text'

const fixture = readFileSync(new URL('./fixtures/sysmon.evtx', import.meta.url))
const log = await readWhole(fixture)

test('the fixture is what the builder makes', () => {
  expect(fixture.equals(buildEvtx(FIXTURE_RECORDS))).toBe(true)
})

test('Sysmon 1 is a process start, 22 a look-up, anything else is skipped', () => {
  expect(log.outcome.format).toBe('windows-evtx')
  expect(log.skipped).toEqual({ 'other-event': 1 })
  expect(log.rejected).toEqual({})
  expect(log.records).toBe(3)
  expect(log.starts).toMatchObject([
    {
      at: Date.UTC(2026, 10, 20, 9, 0, 0, 31),
      hostName: 'ws-07.corp.example',
      user: { name: 'mira', domain: 'CORP' },
      process: { name: 'nslookup.exe', pid: 3412, commandLine: 'nslookup  -q=TXT "a<b>&c".t.example.net' },
      parent: { name: 'cmd.exe', pid: 1092 },
    },
  ])
  expect(log.lookups).toMatchObject([{ at: Date.UTC(2026, 10, 20, 9, 0, 0, 950), qname: 'www.example.com', answerCount: 1 }])
})

test('a file cut in its second record gives the first and says so', async () => {
  const second = 4096 + 512 + fixture.readUInt32LE(4096 + 516)
  const cut = await readWhole(fixture.subarray(0, second + 100))
  expect(cut.starts).toHaveLength(1)
  expect(cut.rejected).toEqual({ truncated: 1 })
})

test('a chunk that is none is rejected, and the one after it is read', async () => {
  const broken = Buffer.concat([fixture.subarray(0, 4096), Buffer.alloc(65_536, 0x41), fixture.subarray(4096)])
  const read = await readWhole(broken)
  expect(read.rejected).toEqual({ 'bad-chunk': 1 })
  expect(read.starts).toHaveLength(1)
})

test('a template that unfolds into itself is refused, quickly and with its reason', async () => {
  const bomb = evtxOf((chunk) => {
    // One definition writes its only value 200 times; its value is an instance of it, four deep.
    const definitionAt = 20_000
    const definition = new ChunkWriter(chunk, definitionAt + 24)
    definition.fragment()
    for (let times = 0; times < 200; times += 1) definition.substitution(0, 0x21)
    definition.u8(0)
    chunk.writeUInt32LE(definition.at - definitionAt - 24, definitionAt + 20)
    let value: Buffer = Buffer.from([0])
    for (let level = 0; level < 4; level += 1) {
      const instance = new ChunkWriter(Buffer.alloc(18 + value.length), 0)
      instance.u8(0x0c).u8(1).u32(1).u32(definitionAt).u32(1).u16(value.length).u8(0x21).u8(0)
      value.copy(instance.chunk, instance.at)
      value = instance.chunk
    }
    const writer = new ChunkWriter(chunk, 512 + 24)
    const define = (): void => {
      writer.start('Event').substitution(0, 0x21).end()
    }
    writer.fragment().template(define, [{ type: 0x21, bytes: value }])
    closeRecord(chunk, 512, writer.u8(0).at, 1, 0)
  })
  const read = await readWhole(bomb, { maxRecordBytes: 65_536 })
  expect(read.rejected).toEqual({ 'line-too-long': 1 })
  expect(read.events).toEqual([])
})

describe('binary XML', () => {
  test('gives text or an error of its own for any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 1, maxLength: 400 }), (bytes) => {
        const chunk = Buffer.concat([Buffer.from([0x0f, 1, 1, 0]), bytes])
        try {
          expect(typeof xmlOf(chunk, 0, chunk.length, 1_000)).toBe('string')
        } catch (error) {
          expect(error).toBeInstanceOf(BinaryXmlError)
        }
      }),
    )
  })

  test.each([
    ['GUID', 0x0f, '1e239701e69b34695301000000000b00', '{0197231E-9BE6-6934-5301-000000000B00}'],
    ['SID', 0x13, '010500000000000515000000010000000200000003000000f4010000', 'S-1-5-21-1-2-3-500'],
    // 116,444,736,000,000,000 ticks: the Unix epoch, by Microsoft's documentation of FILETIME.
    ['FILETIME', 0x11, '00803ed5deb19d01', '1970-01-01T00:00:00.0000000Z'],
    ['hexadecimal number', 0x15, 'a81eeb0100000000', '0x1eb1ea8'],
    ['signed number', 0x07, 'ffffffff', '-1'],
    ['list of text', 0x81, Buffer.from('a\0b\0', 'utf16le').toString('hex'), 'a,b'],
    ['too few bytes', 0x0a, '01', ''],
  ])('writes a value: %s', (_, type, hex, text) => {
    expect(valueText(type, Buffer.from(hex, 'hex'))).toBe(text)
  })
})

// biome-ignore lint/style/noProcessEnv: where the shared captures are, when this machine has them
const sample = `${process.env.DOWSER_SHARED ?? '../shared'}/samples/windows-event-evtx/sigma-cve_2025_55182.evtx`

test.runIf(existsSync(sample))('a file that Windows wrote gives what its JSON twin does', async () => {
  const { starts } = await readWhole(readFileSync(sample))
  expect(starts).toMatchObject([
    {
      at: Date.UTC(2025, 11, 6, 21, 11, 2, 632),
      process: { name: 'cmd.exe', pid: 3412 },
      parent: { name: 'node.exe', pid: 1092 },
      user: { name: 'xodih', domain: 'swachchhanda' },
    },
  ])
})
