import { isAscii } from 'node:buffer'
import { isObject, parseJson } from '@/lib/formats/json-records'
import type { BulkLimits } from './limits'

/** Why an item was refused, in the words of Elasticsearch's errors. `reason` is safe to show as text. */
export interface ItemError {
  readonly status: 400
  readonly type: string
  readonly reason: string
}

export type BulkAction = 'index' | 'create' | 'update' | 'delete'

/** One action of a bulk body with its document, or with what is wrong with it. */
export interface BulkItem {
  readonly action: BulkAction
  /** null: the one of the address. */
  readonly index: string | null
  readonly id: string | null
  /** The document's JSON and its bytes, line end left out; null beside an error and for `delete`. */
  readonly text: string | null
  readonly bytes: Buffer | null
  readonly error: ItemError | null
}

const LINE_FEED = 0x0a
const MAX_NAME = 512
const ACTIONS: ReadonlySet<string> = new Set(['index', 'create', 'update', 'delete'])

type ActionLine = Pick<BulkItem, 'action' | 'index' | 'id'>

/**
 * Walks a bulk body: lines of actions, each but `delete` followed by a line with its document. A line that is no action
 * costs one item, and reading goes on at the next line that is one.
 *
 * @param limits - a document over them becomes an item with an error.
 */
export function* bulkItems(body: Uint8Array, limits: Pick<BulkLimits, 'maxDocumentBytes' | 'maxDepth'>): Generator<BulkItem> {
  const lines = new Lines(body)
  let knownText: string | null = null
  let known: ActionLine | null = null
  let lost = false
  for (let line = lines.next(); line !== null; line = lines.next()) {
    const text = lines.text(line)
    if (text.trim() === '') continue
    const action: ActionLine | string =
      text === knownText && known !== null ? known : readAction(line.length > limits.maxDocumentBytes ? '' : text)
    if (typeof action === 'string') {
      // What follows a line that is no action may be its document: one fault, one item.
      if (!lost) yield { action: 'index', index: null, id: null, text: null, bytes: null, error: malformed(action) }
      lost = true
      continue
    }
    knownText = text
    known = action
    lost = false
    yield action.action === 'delete'
      ? { ...action, text: null, bytes: null, error: unsupported('delete') }
      : withDocument(action, lines, limits)
  }
}

function withDocument(action: ActionLine, lines: Lines, limits: Pick<BulkLimits, 'maxDocumentBytes' | 'maxDepth'>): BulkItem {
  const bytes = lines.next()
  const refuse = (error: ItemError): BulkItem => ({ ...action, text: null, bytes: null, error })
  if (action.action === 'update') return refuse(unsupported('update'))
  if (bytes === null || bytes.length === 0) return refuse(malformed('the action has no document after it'))
  if (bytes.length > limits.maxDocumentBytes) return refuse(badDocument(`the document is longer than ${limits.maxDocumentBytes} bytes`))
  const text = lines.text(bytes)
  if (isDeeperThan(text, limits.maxDepth)) return refuse(badDocument(`the document is nested more than ${limits.maxDepth} levels deep`))
  return { ...action, text, bytes, error: null }
}

export const badDocument = (reason: string): ItemError => ({ status: 400, type: 'document_parsing_exception', reason })
const malformed = (reason: string): ItemError => ({ status: 400, type: 'illegal_argument_exception', reason })
const unsupported = (action: string): ItemError => malformed(`the action ${action} is not supported: events are only added, never changed`)

/** The action a line states, or what is wrong with it. */
function readAction(text: string): ActionLine | string {
  const parsed = parseJson(text)
  if (!isObject(parsed)) return 'malformed action line: it is no JSON object'
  const keys = Object.keys(parsed)
  const [name = ''] = keys
  const meta = parsed[name]
  // winston-elasticsearch writes a number beside the action, which Elasticsearch passes over.
  const isAlone = keys.slice(1).every((key) => typeof parsed[key] !== 'object' || parsed[key] === null)
  if (!isAlone || !isAction(name)) return 'malformed action line: expected one of index, create, update, delete'
  if (!isObject(meta) && meta !== null) return 'malformed action line: what the action holds is no object'
  return { action: name, index: nameOf(meta?._index), id: nameOf(meta?._id) }
}

const isAction = (name: string): name is BulkAction => ACTIONS.has(name)

const nameOf = (value: unknown): string | null =>
  typeof value === 'number' ? String(value) : typeof value === 'string' && value !== '' ? value.slice(0, MAX_NAME) : null

/** Counted without recursion; only text with that many brackets at all is looked through. */
function isDeeperThan(text: string, limit: number): boolean {
  let brackets = 0
  for (let at = text.indexOf('{'); at >= 0 && brackets <= limit; at = text.indexOf('{', at + 1)) brackets += 1
  for (let at = text.indexOf('['); at >= 0 && brackets <= limit; at = text.indexOf('[', at + 1)) brackets += 1
  if (brackets <= limit) return false
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 0x22) inString = !inString
    else if (inString) at += char === 0x5c ? 1 : 0
    else if (char === 0x7b || char === 0x5b) {
      depth += 1
      if (depth > limit) return true
    } else if (char === 0x7d || char === 0x5d) depth -= 1
  }
  return false
}

/** The lines of a body, carriage returns left out. */
class Lines {
  private at = 0
  private readonly body: Buffer
  private readonly isAscii: boolean

  constructor(body: Uint8Array) {
    this.body = Buffer.from(body.buffer, body.byteOffset, body.byteLength)
    this.isAscii = isAscii(this.body)
  }

  next(): Buffer | null {
    const { body, at } = this
    if (at >= body.length) return null
    const found = body.indexOf(LINE_FEED, at)
    const end = found < 0 ? body.length : found
    this.at = end + 1
    return body.subarray(at, end > at && body[end - 1] === 0x0d ? end - 1 : end)
  }

  text(line: Buffer): string {
    return line.toString(this.isAscii ? 'latin1' : 'utf8')
  }
}
