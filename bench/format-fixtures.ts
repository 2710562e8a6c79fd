import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { formats } from '../lib/formats/index'

/** A committed log of the format, as often as it takes to be worth measuring. */
export interface RepeatedFixture {
  readonly format: string
  readonly file: string
  /** What each parser is given, one after the other. */
  readonly parts: readonly Buffer[]
}

const FOLDER = 'lib/formats'
const BYTES = 8 * 1024 * 1024
/** Files with one beginning: they are not repeated within a file but read again and again. */
const WHOLE_FILES: ReadonlySet<string> = new Set(['pcap', 'pcapng', 'windows-evtx', 'dnstap'])

/** One for each log format: of its fixtures the largest. */
export function* repeatedFixtures(): Generator<RepeatedFixture> {
  for (const { id } of formats) {
    const dir = join(FOLDER, id, 'fixtures')
    const files = readdirSync(dir).filter((name) => name !== 'SOURCE.md')
    const contents = files.map((file) => ({ file, bytes: readFileSync(join(dir, file)) })).sort((a, b) => b.bytes.length - a.bytes.length)
    const [largest] = contents
    if (largest === undefined) continue
    const times = Math.ceil(BYTES / largest.bytes.length)
    const parts = WHOLE_FILES.has(id)
      ? Array<Buffer>(times).fill(largest.bytes)
      : [Buffer.concat(Array<Buffer>(times).fill(endedByNewline(largest.bytes)))]
    yield { format: id, file: largest.file, parts }
  }
}

const endedByNewline = (bytes: Buffer): Buffer => (bytes.at(-1) === 0x0a ? bytes : Buffer.concat([bytes, Buffer.from('\n')]))
