import type { FormatParser, LogFormat, ParsedEvent } from '@/lib/formats/format'
import { formats } from '@/lib/formats/index'
import { SURE_ENOUGH, surestFormat } from '@/lib/formats/surest-format'
import { withSyslogHeader } from '@/lib/intake/elastic/raw-records'
import { RecentKeys } from '@/lib/intake/elastic/recent-keys'
import type { LiveReading } from '../stream/live-reading'
import { readSyslog, type SyslogMessage } from './message'

const BINARY: ReadonlySet<string> = new Set(['pcap', 'pcapng', 'dnstap', 'windows-evtx'])
const textFormats = formats.filter(({ id }) => !BINARY.has(id))
/** Programs of hosts of senders whose format is remembered; UDP senders can make any number of them up. */
const MAX_STREAMS = 512

/** What one program on one host sends. */
interface Stream {
  readonly format: LogFormat
  readonly parser: FormatParser
  /** The message the parser is reading, and as it came. */
  current: SyslogMessage
  raw: Buffer
}

interface Arrived {
  readonly message: SyslogMessage
  readonly raw: Buffer
  readonly sender: string
}

/** Reads syslog messages: each goes to the line format it is of, with or without the header, whichever is known. */
export class SyslogReader {
  private readonly streams = new RecentKeys<string, Stream>(MAX_STREAMS)
  private readonly candidates: readonly LogFormat[]

  /** @param formatId - the only format looked for; null: any. */
  constructor(
    private readonly reading: Pick<LiveReading<unknown>, 'push' | 'parserOf' | 'refuse'>,
    private readonly now: () => number,
    formatId: string | null,
  ) {
    this.candidates = formatId === null ? textFormats : formats.filter(({ id }) => id === formatId)
  }

  /** @param sender - address it came from. */
  accept(bytes: Buffer, sender: string): void {
    const raw = bytes.toString('utf8')
    if (raw.trim() === '') return
    const message = readSyslog(raw, this.now())
    const key = `${sender}\n${message.host}\n${message.program}`
    const known = this.streams.get(key)
    // Its own text, the line a file would have, and that line in the layout most formats expect.
    const headed = withSyslogHeader({ ...message, host: message.host ?? sender, stream: key }, this.now())
    for (const text of [message.text, message.fileLine, headed]) {
      if (text === null) continue
      const line = Buffer.from(`${text}\n`)
      const format = known && known.format.recognise(line) >= SURE_ENOUGH ? known.format : surestFormat(this.candidates, line)
      if (format === null) continue
      this.push(this.streamOf(key, format, known, { message, raw: bytes, sender }), line)
      return
    }
    if (known) {
      Object.assign(known, { current: message, raw: bytes })
      this.push(known, Buffer.from(`${headed ?? message.text}\n`))
    } else
      this.reading.refuse(
        'unknown-line',
        `no known log format${message.program === null ? '' : `, from a program that sends no other`}`,
        raw,
        { bytes: Buffer.from(bytes), reader: { kind: 'syslog', sender } },
      )
  }

  private push(stream: Stream, line: Buffer): void {
    this.reading.push(stream.parser, line)
  }

  private streamOf(key: string, format: LogFormat, known: Stream | undefined, { message, raw, sender }: Arrived): Stream {
    if (known?.format === format) {
      Object.assign(known, { current: message, raw })
      // Asked for lately: not among those that are forgotten next.
      this.streams.set(key, known)
      return known
    }
    const parser = this.reading.parserOf(
      format,
      (event) => completed(event, stream.current),
      (reject) => ({ ...reject, again: { bytes: Buffer.from(stream.raw), reader: { kind: 'syslog', sender } } }),
    )
    const stream: Stream = { format, current: message, raw, parser }
    this.streams.set(key, stream)
    return stream
  }
}

/** The header knows the host, and the time where the line has none or only the second. */
function completed(event: ParsedEvent, { at, host }: SyslogMessage): ParsedEvent {
  const sensor = event.sensor ?? host
  if (at === null) return { ...event, sensor }
  if (event.timeQuality === 'ingest') return { ...event, sensor, at, timeQuality: 'second' }
  const isSecondOf = event.timeQuality === 'no-year' && Math.floor(at / 1_000) * 1_000 === event.at && at !== event.at
  return isSecondOf ? { ...event, sensor, at, timeQuality: 'exact' } : { ...event, sensor }
}
