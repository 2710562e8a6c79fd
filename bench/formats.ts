/**
 * Events per second of the log readers, on logs made up here: `npx tsx bench/formats.ts [lookups]`.
 * Each line gives parsing alone (calls into an empty sink), the whole of readLog (recognise, parse, correlate, ids), and
 * beside them, in the same run, what the machine needs for the bytes alone: cutting lines, and JSON.parse where it is JSON.
 * A second table gives parsing alone for every format, on its committed fixture repeated to 8 MiB.
 */
import { formats } from '../lib/formats/index'
import { createLineReader } from '../lib/formats/line-reader'
import { readLog } from '../lib/formats/read-log'
import { type RepeatedFixture, repeatedFixtures } from './format-fixtures'

const LOOKUPS = Number(process.argv[2] ?? 300_000)
const START_MS = Date.UTC(2026, 0, 5)
const OPTIONS = { nowMs: START_MS + 86_400_000, maxRecordBytes: 1024 * 1024 }
const ROUNDS = 3

interface Sample {
  readonly format: string
  readonly bytes: Buffer
  /** Lines, documents or packets in it. */
  readonly records: number
  readonly isJson: boolean
}

const nameOf = (index: number): string => {
  const label = (Math.imul(index, 2654435761) >>> 0).toString(36)
  return index % 3 === 0 ? `${label}.cdn-${index % 97}.example.net` : `host-${index % 5_003}.example.org`
}

function zeekTsv(): Sample {
  const lines = [
    '#separator \\x09',
    '#set_separator\t,',
    '#empty_field\t(empty)',
    '#unset_field\t-',
    '#path\tdns',
    '#fields\tts\tuid\tid.orig_h\tid.orig_p\tid.resp_h\tid.resp_p\tproto\ttrans_id\trtt\tquery\tqclass\tqclass_name\tqtype\tqtype_name\trcode\trcode_name\tAA\tTC\tRD\tRA\tZ\tanswers\tTTLs\trejected',
  ]
  for (let index = 0; index < LOOKUPS; index++) {
    const seconds = ((START_MS + index) / 1000).toFixed(6)
    lines.push(
      `${seconds}\tC${index.toString(36)}\t10.0.${index % 16}.${index % 250}\t${1024 + (index % 60_000)}\t10.0.0.53\t53\tudp\t${index & 0xffff}\t0.004231\t${nameOf(index)}\t1\tC_INTERNET\t1\tA\t0\tNOERROR\tF\tF\tT\tT\t0\tedge.example.net,192.0.2.${index % 250}\t300.000000,60.000000\tF`,
    )
  }
  return { format: 'zeek-tsv', bytes: Buffer.from(`${lines.join('\n')}\n`), records: LOOKUPS, isJson: false }
}

function zeekJson(): Sample {
  const lines: string[] = []
  for (let index = 0; index < LOOKUPS; index++) {
    const seconds = ((START_MS + index) / 1000).toFixed(6)
    lines.push(
      `{"ts":${seconds},"uid":"C${index.toString(36)}","id.orig_h":"10.0.${index % 16}.${index % 250}","id.orig_p":${1024 + (index % 60_000)},"id.resp_h":"10.0.0.53","id.resp_p":53,"proto":"udp","trans_id":${index & 0xffff},"rtt":0.004231,"query":"${nameOf(index)}","qclass":1,"qclass_name":"C_INTERNET","qtype":1,"qtype_name":"A","rcode":0,"rcode_name":"NOERROR","AA":false,"TC":false,"RD":true,"RA":true,"Z":0,"answers":["edge.example.net","192.0.2.${index % 250}"],"TTLs":[300.0,60.0],"rejected":false}`,
    )
  }
  return { format: 'zeek-json', bytes: Buffer.from(`${lines.join('\n')}\n`), records: LOOKUPS, isJson: true }
}

function packetbeat(): Sample {
  const lines: string[] = []
  const lookups = Math.floor(LOOKUPS / 3)
  for (let index = 0; index < lookups; index++) {
    const client = { ip: `10.0.${index % 16}.${index % 250}`, port: 1024 + (index % 60_000), bytes: 47 }
    lines.push(
      JSON.stringify({
        '@timestamp': new Date(START_MS + index).toISOString(),
        agent: { name: 'sensor-1', type: 'packetbeat', version: '8.19.0' },
        client,
        source: client,
        destination: { ip: '10.0.0.53', port: 53, bytes: 121 },
        server: { ip: '10.0.0.53', port: 53, bytes: 121 },
        dns: {
          id: index & 0xffff,
          question: { name: nameOf(index), type: 'A', class: 'IN' },
          answers: [{ name: nameOf(index), type: 'A', class: 'IN', ttl: '60', data: '192.0.2.7' }],
          answers_count: 1,
          response_code: 'NOERROR',
          type: 'answer',
        },
        ecs: { version: '8.17.0' },
        event: { category: ['network'], dataset: 'network_traffic.dns', kind: 'event', type: ['connection', 'protocol'] },
        host: { name: 'sensor-1', ip: ['10.9.9.9'] },
        network: { transport: 'udp', protocol: 'dns', bytes: 168 },
      }),
    )
  }
  return { format: 'ecs', bytes: Buffer.from(`${lines.join('\n')}\n`), records: lookups, isJson: true }
}

/** Query and response of a lookup, each with record, Ethernet, IPv4 and UDP headers. */
function pcap(): Sample {
  const header = Buffer.alloc(24)
  header.writeUInt32LE(0xa1b2c3d4, 0)
  header.writeUInt32LE(262_144, 16)
  header.writeUInt32LE(1, 20)
  const parts: Buffer[] = [header]
  for (let index = 0; index < LOOKUPS; index++) {
    const question = Buffer.concat([
      ...nameOf(index)
        .split('.')
        .map((label) => Buffer.from(`${String.fromCharCode(label.length)}${label}`, 'latin1')),
      Buffer.from([0, 0, 1, 0, 1]),
    ])
    const answer = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, index % 250])
    parts.push(packet(index, false, question), packet(index, true, Buffer.concat([question, answer])))
  }
  return { format: 'pcap', bytes: Buffer.concat(parts), records: LOOKUPS * 2, isJson: false }
}

function packet(index: number, isResponse: boolean, sections: Buffer): Buffer {
  const bytes = Buffer.alloc(16 + 14 + 20 + 8 + 12 + sections.length)
  const at = START_MS + index
  bytes.writeUInt32LE(Math.floor(at / 1000), 0)
  bytes.writeUInt32LE((at % 1000) * 1000 + (isResponse ? 400 : 0), 4)
  bytes.writeUInt32LE(bytes.length - 16, 8)
  bytes.writeUInt32LE(bytes.length - 16, 12)
  bytes.writeUInt16BE(0x0800, 28)
  bytes[30] = 0x45
  bytes.writeUInt16BE(bytes.length - 30, 32)
  bytes[39] = 17
  const client = [10, 0, index % 16, index % 250]
  const server = [10, 0, 0, 53]
  bytes.set(isResponse ? [...server, ...client] : [...client, ...server], 42)
  bytes.writeUInt16BE(isResponse ? 53 : 1024 + (index % 60_000), 50)
  bytes.writeUInt16BE(isResponse ? 1024 + (index % 60_000) : 53, 52)
  bytes.writeUInt16BE(bytes.length - 50, 54)
  bytes.writeUInt16BE(index & 0xffff, 58)
  bytes.writeUInt16BE(isResponse ? 0x8180 : 0x0100, 60)
  bytes.writeUInt16BE(1, 62)
  bytes.writeUInt16BE(isResponse ? 1 : 0, 64)
  sections.copy(bytes, 70)
  return bytes
}

function* chunks(bytes: Buffer): Generator<Buffer> {
  for (let from = 0; from < bytes.length; from += 65_536) yield bytes.subarray(from, from + 65_536)
}

async function* stream(bytes: Buffer): AsyncGenerator<Buffer> {
  yield* chunks(bytes)
}

/** Best of three, in milliseconds of processor time, which other programs on the machine do not distort as they do the clock. */
async function best(run: () => Promise<void> | void): Promise<number> {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < ROUNDS; round++) {
    const from = process.cpuUsage()
    await run()
    const used = process.cpuUsage(from)
    least = Math.min(least, (used.user + used.system) / 1000)
  }
  return least
}

function parseOnly({ format, bytes }: Sample): void {
  const parser = formats.find((known) => known.id === format)?.createParser({ event() {}, reject() {}, skip() {} }, OPTIONS)
  for (const chunk of chunks(bytes)) parser?.push(chunk)
  parser?.end()
}

async function readAll({ bytes }: Sample): Promise<void> {
  for await (const _ of readLog(stream(bytes), OPTIONS));
}

function bare({ bytes, isJson }: Sample): void {
  let kept = 0
  const lines = createLineReader(
    {
      line(text) {
        kept += isJson ? Object.keys(JSON.parse(text)).length : text.length
      },
      tooLong() {},
    },
    OPTIONS.maxRecordBytes,
  )
  for (const chunk of chunks(bytes)) lines.push(chunk)
  lines.end()
  if (kept < 0) throw new Error('unreachable: keeps the loop from being optimised away')
}

const perSecond = (records: number, ms: number): string =>
  Math.round((records / ms) * 1000)
    .toLocaleString('en')
    .padStart(11)

console.log(`node ${process.version}, ${LOOKUPS.toLocaleString('en')} lookups a log, best of ${ROUNDS}`)
console.log('format       records    parse/s   readLog/s     bare/s  (bare: lines, or lines and JSON.parse)')
for (const make of [zeekTsv, zeekJson, packetbeat, pcap]) {
  const sample = make()
  const parse = await best(() => parseOnly(sample))
  const whole = await best(() => readAll(sample))
  const alone = sample.format === 'pcap' ? null : await best(() => bare(sample))
  const bareText = alone === null ? '          -' : perSecond(sample.records, alone)
  console.log(
    `${sample.format.padEnd(10)} ${String(sample.records).padStart(9)} ${perSecond(sample.records, parse)} ${perSecond(sample.records, whole)} ${bareText}`,
  )
}

/** After all of them were made. */
const FIXTURES_READ_AT = Date.UTC(2027, 0, 1)

/** @returns events, records and bytes a second of processor time. */
async function fixtureRates({ format, parts }: RepeatedFixture): Promise<readonly [events: number, records: number, mebibytes: number]> {
  let events = 0
  let records = 0
  const event = () => {
    events += 1
  }
  const count = { event, reject() {}, skip() {}, lease() {} }
  const ms = await best(() => {
    events = 0
    records = 0
    for (const part of parts) {
      const parser = formats.find(({ id }) => id === format)?.createParser(count, { ...OPTIONS, nowMs: FIXTURES_READ_AT })
      for (const chunk of chunks(part)) parser?.push(chunk)
      parser?.end()
      records += parser?.records ?? 0
    }
  })
  const bytes = parts.reduce((sum, part) => sum + part.length, 0)
  return [(events / ms) * 1000, (records / ms) * 1000, (bytes / 2 ** 20 / ms) * 1000]
}

console.log('\nformat                fixture                  events/s   records/s    MiB/s')
for (const fixture of repeatedFixtures()) {
  const [events, records, mebibytes] = await fixtureRates(fixture)
  console.log(
    `${fixture.format.padEnd(21)} ${fixture.file.padEnd(20)} ${perSecond(events, 1000)} ${perSecond(records, 1000)} ${mebibytes.toFixed(1).padStart(8)}`,
  )
}
