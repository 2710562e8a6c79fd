import { MAX_FRAME_BYTES } from '@/lib/formats/dnstap/parser'

/** Control frames of Frame Streams (farsightsec/fstrm, fstrm/control.h). */
const CONTROL = { accept: 1, start: 2, stop: 3, ready: 4, finish: 5 } as const
const CONTENT_TYPE_FIELD = 1
/** FSTRM_CONTROL_FRAME_LENGTH_MAX. */
const MAX_CONTROL_BYTES = 512

export interface FrameStreamSink {
  /** Whole data frames with their lengths before them. */
  frames(bytes: Buffer): void
  /** To be written to the sender. */
  reply(bytes: Buffer): void
  /** The sender has said that it is done. */
  finished(): void
  /** The sender does not keep to the protocol; nothing more is read. `reason` is in plain words and safe to show. */
  failed(reason: string): void
}

/** Reader's side of a Frame Streams connection, with the handshake (READY first) or without (START first). Never throws. */
export class FrameStream {
  private held: Buffer = Buffer.alloc(0)
  private state: 'opening' | 'accepted' | 'data' | 'done' = 'opening'
  private isBidirectional = false

  constructor(
    private readonly contentType: string,
    private readonly sink: FrameStreamSink,
  ) {}

  get isOpen(): boolean {
    return this.state === 'data'
  }

  /** Is a frame half here? */
  get isInsideFrame(): boolean {
    return this.held.length > 0
  }

  push(chunk: Buffer): void {
    if (this.isDone()) return
    const bytes = this.held.length === 0 ? chunk : Buffer.concat([this.held, chunk])
    const used = this.read(bytes)
    this.held = this.isDone() ? Buffer.alloc(0) : Buffer.from(bytes.subarray(used))
  }

  private isDone(): boolean {
    return this.state === 'done'
  }

  private read(bytes: Buffer): number {
    let at = 0
    let framesFrom = 0
    const handOn = () => {
      if (at > framesFrom) this.sink.frames(bytes.subarray(framesFrom, at))
    }
    while (!this.isDone() && at + 4 <= bytes.length) {
      const length = bytes.readUInt32BE(at)
      if (length > 0) {
        if (this.state !== 'data') return this.fail('it sent data before a START frame', at)
        if (length > MAX_FRAME_BYTES) {
          handOn()
          return this.fail(`it sent a frame of ${length} bytes; at most ${MAX_FRAME_BYTES} are read`, at)
        }
        if (at + 4 + length > bytes.length) break
        at += 4 + length
        continue
      }
      if (at + 8 > bytes.length) break
      const controlBytes = bytes.readUInt32BE(at + 4)
      if (controlBytes < 4 || controlBytes > MAX_CONTROL_BYTES) {
        handOn()
        return this.fail('it sent a control frame of an impossible length; is it a Frame Streams sender?', at)
      }
      if (at + 8 + controlBytes > bytes.length) break
      handOn()
      this.control(bytes.subarray(at + 8, at + 8 + controlBytes))
      at += 8 + controlBytes
      framesFrom = at
    }
    handOn()
    return at
  }

  private control(frame: Buffer): void {
    const type = frame.readUInt32BE(0)
    const types = contentTypesOf(frame)
    if (types === null) return void this.fail('it sent a malformed control frame', 0)
    const isOurs = types.length === 0 || types.includes(this.contentType)
    if (type === CONTROL.ready && this.state === 'opening') {
      if (!isOurs) return void this.fail(`it does not offer ${this.contentType}`, 0)
      this.isBidirectional = true
      this.state = 'accepted'
      this.sink.reply(controlFrame(CONTROL.accept, this.contentType))
    } else if (type === CONTROL.start && this.state !== 'data') {
      if (!isOurs) return void this.fail(`what it sends is not ${this.contentType}`, 0)
      this.state = 'data'
    } else if (type === CONTROL.stop && this.state === 'data') {
      this.state = 'done'
      if (this.isBidirectional) this.sink.reply(controlFrame(CONTROL.finish, null))
      this.sink.finished()
    } else this.fail(`it sent control frame ${type} where none is expected`, 0)
  }

  private fail(reason: string, at: number): number {
    this.state = 'done'
    this.sink.failed(reason)
    return at
  }
}

/** @returns null when the fields do not fill the frame. */
function contentTypesOf(frame: Buffer): readonly string[] | null {
  const types: string[] = []
  let at = 4
  while (at < frame.length) {
    if (at + 8 > frame.length) return null
    const to = at + 8 + frame.readUInt32BE(at + 4)
    if (to > frame.length) return null
    if (frame.readUInt32BE(at) === CONTENT_TYPE_FIELD) types.push(frame.toString('latin1', at + 8, to))
    at = to
  }
  return types
}

/** A control frame as it goes over the wire. @param contentType - null: no such field. */
export function controlFrame(type: number, contentType: string | null): Buffer {
  const field = Buffer.from(contentType ?? '', 'latin1')
  const frame = Buffer.alloc(contentType === null ? 12 : 20 + field.length)
  frame.writeUInt32BE(frame.length - 8, 4)
  frame.writeUInt32BE(type, 8)
  if (contentType === null) return frame
  frame.writeUInt32BE(CONTENT_TYPE_FIELD, 12)
  frame.writeUInt32BE(field.length, 16)
  field.copy(frame, 20)
  return frame
}
