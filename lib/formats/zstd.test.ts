import { describe, expect, test } from 'vitest'
import { readWhole } from './test-support'

const HEADER = '#fields\tts\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\tquery\tqtype_name\n'

const rows = (count: number): string =>
  Array.from(
    { length: count },
    (_, index) =>
      `${1795284517 + index}.5\t10.0.0.1\t${index}\t10.0.0.53\t53\tudp\t${index % 65536}\tn${(index * 7919) % 100003}.example.com\tA\n`,
  ).join('')

/** `HEADER + rows(40)` as `zstd -19` packs it. */
const PACKED = Buffer.from(
  'KLUv/QRopQ4ABuJQG3BroQ0IPqbmqWxCTd//v6+JXNoyE9pz9QnBcGAAQQBAAHf2J75fTdZGHLTszI1AExoEiAWCI2HAYYEgWVKHoqGvvkgHQa' +
    'aFsCk6F9oALBIGMrFwPDAo9OGxaFCogpFYyIEHQxsMjYejjoOEY2HxcBwkDBiPBkLB6AJDFxQIC0ZBQNP5z26yNR2/HJksTacnQmc/nd6kMOvp' +
    '1GTssjOdGgctS6ZjYx7LIhbXX7J39VNV1oxoyihbygsLq1yszLNEY2UB5D5Zs5norrLFxbehlct+EYJZMnno48veN6Eak2VtGwu6lOx4fGa/yh' +
    'IT24tIZXFwyl+m7M1N3YWetbGhEyvOlv5dFo8vNfd7GaIxa7fTGanLlpcfa8yy9boJGen0GX9K9v9JEXplfR/pqCg7nx+VsmfJyY2ooLNodCHb' +
    'OHs+FwV/qBEwXTKBSHKfZQ2AJQUpdDEIgcIQokIiRGPmA8T1mmc4edRaOZdFoPhxRojVtABbwwIsjQ1oG+UIIIcj69yNTAVddwVT0VNYRQ8VNO' +
    'ERCO1MbWTCM5MXkcSl6P0lEkakFIeiQu+OkPAfd/4WmrDvmLbqdQ1N2Lv58L7CBPFlbr69VP8Al2zlythVr/8Hkj10Ww==',
  'base64',
)

/** A frame of blocks as they are (RFC 8878 §3.1.1.2, Raw_Block), with a window of 128 KiB unless told otherwise. */
function rawFrame(bytes: Buffer, windowDescriptor = 7 << 3): Buffer {
  const blocks: Buffer[] = []
  for (let at = 0; at < bytes.length; at += 65_536) blocks.push(block(bytes.subarray(at, at + 65_536), 0, at + 65_536 >= bytes.length))
  return Buffer.concat([frameHeader(windowDescriptor), ...blocks])
}

const frameHeader = (windowDescriptor: number): Buffer => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, windowDescriptor])

function block(bytes: Buffer, type: number, isLast: boolean, size = bytes.length): Buffer {
  const header = Buffer.alloc(3)
  header.writeUIntLE((size << 3) | (type << 1) | (isLast ? 1 : 0), 0, 3)
  return Buffer.concat([header, bytes])
}

describe('zstd', () => {
  const text = Buffer.from(HEADER + rows(40))

  test('is read as what is inside, however it arrives', async () => {
    const plain = await readWhole(text)
    for (const chunkBytes of [65_536, 7]) {
      const log = await readWhole(PACKED, {}, chunkBytes)
      expect(log.outcome).toEqual({ format: 'zeek-tsv', container: 'zstd', problems: [] })
      expect(log.events).toEqual(plain.events)
    }
  })

  test('frames one after the other are one log, and frames to be skipped are', async () => {
    const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 1, 2, 3])
    const log = await readWhole(Buffer.concat([rawFrame(text.subarray(0, 700)), skippable, rawFrame(text.subarray(700))]), {}, 11)
    expect(log.lookups).toHaveLength(40)
    expect(log.outcome.problems).toEqual([])
  })

  test('a cut file keeps what was readable and says where it ends', async () => {
    const long = rawFrame(Buffer.from(HEADER + rows(5_000)))
    const log = await readWhole(long.subarray(0, long.length - 10))
    expect(log.lookups.length).toBeGreaterThan(500)
    expect(log.outcome.problems).toHaveLength(1)
    expect(log.outcome.problems[0]).toContain(`byte ${long.length - 10}`)
  })

  test('a header that asks for a gigabyte of memory is refused, in a later frame too', async () => {
    const log = await readWhole(Buffer.concat([rawFrame(text), rawFrame(text, 20 << 3)]))
    expect(log.lookups).toHaveLength(40)
    expect(log.outcome.problems[0]).toContain('a window of 1073741824 bytes')
  })

  test('a block that repeats one byte for ever is stopped', async () => {
    const blank = block(Buffer.from(' '), 1, false, 131_072)
    const bomb = Buffer.concat([rawFrame(text), frameHeader(7 << 3), ...Array.from({ length: 900 }, () => blank)])
    const log = await readWhole(bomb)
    expect(log.outcome.problems[0]).toContain('more than 300 times')
  })
})
