/** Makes small EVTX files for tests: one chunk, one template a record, its text values substituted. Layout: MS-EVEN6 §2.2.12. */
export interface BuiltRecord {
  readonly provider: string
  readonly code: number
  /** Instant written, epoch ms. */
  readonly at: number
  readonly computer: string
  readonly data: Readonly<Record<string, string>>
}

const HEADER = 4096
const CHUNK = 65_536
const FIRST_RECORD = 512
const FILETIME_EPOCH = 116_444_736_000_000_000n

export function buildEvtx(records: readonly BuiltRecord[]): Buffer {
  return evtxOf((chunk) => {
    let at = FIRST_RECORD
    records.forEach((record, index) => {
      const writer = new ChunkWriter(chunk, at + 24)
      event(writer, record)
      at = closeRecord(chunk, at, writer.at, index + 1, record.at)
    })
  })
}

/** A file of one chunk that `fill` writes into. */
export function evtxOf(fill: (chunk: Buffer) => void): Buffer {
  const file = Buffer.alloc(HEADER + CHUNK)
  file.write('ElfFile\0', 0, 'latin1')
  file.writeUInt16LE(1, 42)
  const chunk = file.subarray(HEADER)
  chunk.write('ElfChnk\0', 0, 'latin1')
  fill(chunk)
  return file
}

/** Writes header and closing size around content that ends at `end`. @returns where the next record begins. */
export function closeRecord(chunk: Buffer, at: number, end: number, number: number, writtenMs: number): number {
  const size = end + 4 - at
  chunk.writeUInt32LE(0x2a2a, at)
  chunk.writeUInt32LE(size, at + 4)
  chunk.writeBigUInt64LE(BigInt(number), at + 8)
  chunk.writeBigUInt64LE(BigInt(writtenMs) * 10_000n + FILETIME_EPOCH, at + 16)
  chunk.writeUInt32LE(size, end)
  return at + size
}

/** Writes tokens of binary XML at a place in a chunk. */
export class ChunkWriter {
  constructor(
    readonly chunk: Buffer,
    public at: number,
  ) {}

  u8(value: number): this {
    this.at = this.chunk.writeUInt8(value, this.at)
    return this
  }

  u16(value: number): this {
    this.at = this.chunk.writeUInt16LE(value, this.at)
    return this
  }

  u32(value: number): this {
    this.at = this.chunk.writeUInt32LE(value, this.at)
    return this
  }

  utf16(text: string): this {
    this.at += this.chunk.write(text, this.at, 'utf16le')
    return this
  }

  fragment(): this {
    return this.u8(0x0f).u8(1).u8(1).u8(0)
  }

  /** A name that stands where it is used. */
  name(text: string): this {
    this.u32(this.at + 4)
    return this.u32(0).u16(0).u16(text.length).utf16(text).u16(0)
  }

  /** Start tag inside a template's definition; attributes are text or the number of a value. */
  start(element: string, attributes: Readonly<Record<string, string | number>> = {}): this {
    const entries = Object.entries(attributes)
    this.u8(entries.length > 0 ? 0x41 : 0x01)
      .u16(0xffff)
      .u32(0)
      .name(element)
    if (entries.length > 0) this.u32(0)
    for (const [key, value] of entries) {
      this.u8(0x06).name(key)
      if (typeof value === 'number') this.substitution(value)
      else this.text(value)
    }
    return this.u8(0x02)
  }

  end(): this {
    return this.u8(0x04)
  }

  text(text: string): this {
    return this.u8(0x05).u8(1).u16(text.length).utf16(text)
  }

  substitution(index: number, type = 1): this {
    return this.u8(0x0d).u16(index).u8(type)
  }

  /** An instance with its definition in place, then its values. */
  template(definition: () => void, values: readonly { readonly type: number; readonly bytes: Buffer }[]): this {
    this.u8(0x0c)
      .u8(1)
      .u32(1)
      .u32(this.at + 4)
    this.u32(0)
    this.at += 16
    const sizeAt = this.at
    this.u32(0).fragment()
    definition()
    this.u8(0)
    this.chunk.writeUInt32LE(this.at - sizeAt - 4, sizeAt)
    this.u32(values.length)
    for (const { type, bytes } of values) this.u16(bytes.length).u8(type).u8(0)
    for (const { bytes } of values) this.at += bytes.copy(this.chunk, this.at)
    return this
  }
}

function event(writer: ChunkWriter, { provider, code, at, computer, data }: BuiltRecord): void {
  const names = Object.keys(data)
  const time = Buffer.alloc(8)
  time.writeBigUInt64LE(BigInt(at) * 10_000n + FILETIME_EPOCH)
  const id = Buffer.alloc(2)
  id.writeUInt16LE(code)
  const text = (value: string) => ({ type: 1, bytes: Buffer.from(value, 'utf16le') })
  const definition = (): void => {
    writer.start('Event').start('System')
    writer.start('Provider', { Name: provider }).end()
    writer.start('EventID').substitution(0, 6).end()
    writer.start('TimeCreated', { SystemTime: 1 }).end()
    writer.start('Computer').substitution(2).end().end()
    writer.start('EventData')
    for (const [index, name] of names.entries())
      writer
        .start('Data', { Name: name })
        .substitution(index + 3)
        .end()
    writer.end().end()
  }
  writer
    .fragment()
    .template(definition, [{ type: 6, bytes: id }, { type: 0x11, bytes: time }, text(computer), ...Object.values(data).map(text)])
  writer.u8(0)
}
