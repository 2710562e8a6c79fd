import { valueText } from './value-text'

/** Why a record cannot be written out as XML; the message is one plain sentence. */
export class BinaryXmlError extends Error {
  constructor(
    /** `too-large`: it unfolds to more than was allowed; `broken`: it is no binary XML. */
    readonly reason: 'too-large' | 'broken',
    message: string,
  ) {
    super(message)
  }
}

/** Templates inside values of templates; Windows nests two. */
const MAX_DEPTH = 16
/** Tokens read for one record; the largest event has some hundred. */
const MAX_STEPS = 100_000
const BINARY_XML = 0x21
const MORE = 0x40

interface Value {
  readonly type: number
  readonly at: number
  readonly size: number
}

const NONE: readonly Value[] = []

/**
 * Writes the binary XML of one record out as text. Templates and names are found by their offset in the 64 KiB chunk.
 * The work and the text are bounded: a template can unfold into itself without end.
 *
 * Source: MS-EVEN6 §2.2.12 (BinXml); libyal's documentation of the file format.
 *
 * @throws BinaryXmlError
 */
export function xmlOf(chunk: Buffer, from: number, to: number, maxChars: number): string {
  const writer = new Writer(chunk, maxChars)
  try {
    writer.fragment({ from, to }, NONE, false, 0)
  } catch (error) {
    if (error instanceof BinaryXmlError) throw error
    // Buffer's own reads refuse places outside the chunk.
    throw new BinaryXmlError('broken', 'the record points outside its chunk')
  }
  return writer.text()
}

interface Span {
  readonly from: number
  readonly to: number
}

class Writer {
  private readonly parts: string[] = []
  private chars = 0
  private steps = 0
  /** Names of the elements that are open, innermost last. */
  private readonly open: string[] = []
  private inTag = false
  private inAttribute = false

  constructor(
    private readonly chunk: Buffer,
    private readonly maxChars: number,
  ) {}

  text(): string {
    return this.parts.join('')
  }

  /** @param isDefinition - elements of a template's definition carry two bytes more. */
  fragment(span: Span, values: readonly Value[], isDefinition: boolean, depth: number): void {
    if (depth > MAX_DEPTH) throw new BinaryXmlError('broken', 'templates lie in each other too deeply')
    let at = span.from
    while (at < span.to) {
      this.steps += 1
      if (this.steps > MAX_STEPS) throw new BinaryXmlError('too-large', 'the record unfolds to more than any event holds')
      const token = this.chunk.readUInt8(at)
      if (token === 0) break
      at = this.token(token, at, values, isDefinition, depth)
    }
  }

  /** @returns where the next token stands. */
  private token(token: number, at: number, values: readonly Value[], isDefinition: boolean, depth: number): number {
    switch (token & ~MORE) {
      case 0x01:
        return this.startElement(at, isDefinition, (token & MORE) !== 0)
      case 0x02:
        return this.closeTag('>', at)
      case 0x03:
        this.closeTag('></', at)
        return this.endElement('', at)
      case 0x04:
        return this.endElement('</', at)
      case 0x05:
        return this.characters(at + 2, true)
      case 0x06:
        return this.attribute(at)
      case 0x07:
        return this.characters(at + 1, true)
      case 0x08:
        this.write(`&#${this.chunk.readUInt16LE(at + 1)};`)
        return at + 3
      case 0x09:
        return this.entity(at)
      case 0x0a:
        return this.name(at + 1).next
      case 0x0b:
        return this.characters(at + 1, false)
      case 0x0c:
        return this.template(at, depth)
      case 0x0d:
      case 0x0e:
        this.substitute(values[this.chunk.readUInt16LE(at + 1)], depth)
        return at + 4
      case 0x0f:
        return at + 4
      default:
        throw new BinaryXmlError('broken', `there is no token ${token} in binary XML`)
    }
  }

  private startElement(at: number, isDefinition: boolean, hasAttributes: boolean): number {
    const nameAt = at + (isDefinition ? 7 : 5)
    const { name, next } = this.name(nameAt)
    this.write(`<${name}`)
    this.open.push(name)
    this.inTag = true
    return hasAttributes ? next + 4 : next
  }

  private closeTag(text: string, at: number): number {
    this.endAttribute()
    this.inTag = false
    this.write(text)
    return at + 1
  }

  private endElement(lead: string, at: number): number {
    this.write(`${lead}${this.open.pop() ?? ''}>`)
    return at + 1
  }

  private attribute(at: number): number {
    this.endAttribute()
    const { name, next } = this.name(at + 1)
    this.write(` ${name}="`)
    this.inAttribute = true
    return next
  }

  private endAttribute(): void {
    if (this.inAttribute) this.write('"')
    this.inAttribute = false
  }

  private characters(at: number, shown: boolean): number {
    const length = this.chunk.readUInt16LE(at) * 2
    const end = at + 2 + length
    this.within(end)
    if (shown) this.write(escaped(this.chunk.toString('utf16le', at + 2, end)))
    return end
  }

  private entity(at: number): number {
    const { name, next } = this.name(at + 1)
    this.write(/^[a-z]{1,8}$/.test(name) ? `&${name};` : '')
    return next
  }

  /** A name stands where its offset says; when that is right here, it is read on after it. */
  private name(at: number): { readonly name: string; readonly next: number } {
    const offset = this.chunk.readUInt32LE(at)
    const length = this.chunk.readUInt16LE(offset + 6)
    const end = offset + 8 + length * 2
    this.within(end)
    const name = this.chunk.toString('utf16le', offset + 8, end)
    if (!/^[\w.:-]{1,128}$/.test(name)) throw new BinaryXmlError('broken', 'a name has characters that no name has')
    return { name, next: offset === at + 4 ? end + 2 : at + 4 }
  }

  private template(at: number, depth: number): number {
    const offset = this.chunk.readUInt32LE(at + 6)
    const size = this.chunk.readUInt32LE(offset + 20)
    const body = { from: offset + 24, to: offset + 24 + size }
    this.within(body.to)
    const { values, next } = this.values(offset === at + 10 ? body.to : at + 10)
    this.fragment(body, values, true, depth + 1)
    return next
  }

  private values(at: number): { readonly values: readonly Value[]; readonly next: number } {
    const count = this.chunk.readUInt32LE(at)
    let place = at + 4 + count * 4
    this.within(place)
    const values: Value[] = []
    for (let i = 0; i < count; i += 1) {
      const described = at + 4 + i * 4
      const size = this.chunk.readUInt16LE(described)
      values.push({ type: this.chunk.readUInt8(described + 2), at: place, size })
      place += size
    }
    this.within(place)
    return { values, next: place }
  }

  private substitute(value: Value | undefined, depth: number): void {
    if (value === undefined) return
    const { at, size, type } = value
    if (type !== BINARY_XML) {
      this.write(escaped(valueText(type, this.chunk.subarray(at, at + size))))
      return
    }
    if (this.inTag) throw new BinaryXmlError('broken', 'an element stands inside a tag')
    this.fragment({ from: at, to: at + size }, NONE, false, depth + 1)
  }

  private within(end: number): void {
    if (end > this.chunk.length) throw new BinaryXmlError('broken', 'the record points outside its chunk')
  }

  private write(text: string): void {
    this.chars += text.length
    if (this.chars > this.maxChars) throw new BinaryXmlError('too-large', `the record unfolds to more than ${this.maxChars} characters`)
    this.parts.push(text)
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;', '"': '&quot;' }

const escaped = (text: string): string => text.replace(/[<>&"]/g, (character) => ESCAPES[character] ?? character)
