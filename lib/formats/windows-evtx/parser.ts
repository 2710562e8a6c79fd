import type { FormatParser, FormatSink, LogFormat, ParserOptions } from '../format'
import { deliver } from '../mapped'
import { mapWindowsEvent } from '../windows-event'
import { readEventXml } from '../windows-event/event-xml'
import { fromXml } from '../windows-event/json-event'
import { BinaryXmlError, xmlOf } from './binary-xml'

const FILE_MAGIC = Buffer.from('ElfFile\0', 'latin1')
const CHUNK_MAGIC = Buffer.from('ElfChnk\0', 'latin1')
const HEADER_BYTES = 4096
const CHUNK_BYTES = 65_536
/** Records begin after the chunk's own header and its tables of names and templates. */
const FIRST_RECORD = 512
const RECORD_MAGIC = 0x00002a2a
/** Magic, size, number and time written; the size stands once more at the end. */
const RECORD_HEADER = 24
const SAMPLE_BYTES = 64

/** The event log files of Windows (`.evtx`): Sysmon 1 and 22, Security 4688. */
export const windowsEvtx: LogFormat = {
  id: 'windows-evtx',
  title: 'Windows event log file (EVTX)',
  endings: ['.evtx', '.evtx.gz'],
  expects: '`ElfFile` in the first bytes',
  recognise: (head) => (FILE_MAGIC.equals(Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, FILE_MAGIC.length))) ? 1 : 0),
  createParser: (sink, options) => new EvtxParser(sink, options),
}

/** A chunk of 64 KiB explains itself, so one is held at a time and a broken one does no harm to the next. */
class EvtxParser implements FormatParser {
  records = 0
  private readonly held = Buffer.alloc(CHUNK_BYTES)
  private heldBytes = 0
  private headerLeft = HEADER_BYTES

  constructor(
    private readonly sink: FormatSink,
    private readonly options: ParserOptions,
  ) {}

  push(bytes: Uint8Array): void {
    let at = Math.min(this.headerLeft, bytes.length)
    this.headerLeft -= at
    while (at < bytes.length) {
      const take = Math.min(CHUNK_BYTES - this.heldBytes, bytes.length - at)
      this.held.set(bytes.subarray(at, at + take), this.heldBytes)
      this.heldBytes += take
      at += take
      if (this.heldBytes < CHUNK_BYTES) return
      this.chunk(this.held)
      this.heldBytes = 0
    }
  }

  end(): void {
    if (this.headerLeft > 0) this.refuse('truncated', 'the file ends inside its header', Buffer.alloc(0))
    else if (this.heldBytes > 0) this.chunk(this.held.subarray(0, this.heldBytes))
    this.heldBytes = 0
  }

  private chunk(chunk: Buffer): void {
    // Room that the file has set aside and not used yet.
    if (chunk.every((byte) => byte === 0)) return
    if (!CHUNK_MAGIC.equals(chunk.subarray(0, CHUNK_MAGIC.length))) {
      this.refuse('bad-chunk', 'expected a chunk of events (`ElfChnk`)', chunk)
      return
    }
    let at = FIRST_RECORD
    while (at + RECORD_HEADER <= chunk.length && chunk.readUInt32LE(at) === RECORD_MAGIC) {
      const size = chunk.readUInt32LE(at + 4)
      if (size < RECORD_HEADER + 4 || at + size > CHUNK_BYTES) {
        this.refuse('bad-length', `a record says that it has ${size} bytes`, chunk.subarray(at))
        return
      }
      if (at + size > chunk.length) break
      this.record(chunk, at, at + size - 4)
      at += size
    }
    if (chunk.length < CHUNK_BYTES) this.refuse('truncated', 'the file ends inside a chunk', chunk.subarray(at))
  }

  private record(chunk: Buffer, at: number, end: number): void {
    const xml = this.xml(chunk, at, end)
    if (xml === null) return
    this.records += 1
    const facts = fromXml(readEventXml(xml))
    const place = { format: 'windows-evtx', recordNo: this.records, nowMs: this.options.nowMs }
    deliver(mapWindowsEvent({ ...facts, hostId: null, hostIps: [], ...place }), this.sink, this.records, () => xml)
  }

  private xml(chunk: Buffer, at: number, end: number): string | null {
    try {
      return xmlOf(chunk, at + RECORD_HEADER, end, this.options.maxRecordBytes)
    } catch (error) {
      if (!(error instanceof BinaryXmlError)) throw error
      this.refuse(error.reason === 'too-large' ? 'line-too-long' : 'bad-record', error.message, chunk.subarray(at, end))
      return null
    }
  }

  private refuse(reason: string, detail: string, bytes: Buffer): void {
    this.records += 1
    this.sink.reject({ reason, recordNo: this.records, detail, sample: bytes.toString('hex', 0, SAMPLE_BYTES) })
  }
}
