import type { KqlField, KqlValue } from './ast'
import { KqlSyntaxError } from './syntax-error'

const SPACES = new Set([' ', '\t', '\r', '\n', '\u00a0'])
const SPECIAL = new Set(['\\', '(', ')', ':', '<', '>', '"', '{', '}'])
const WHITESPACE_ESCAPES: Readonly<Record<string, string>> = { t: '\t', r: '\r', n: '\n' }
const KEYWORDS = ['and', 'or', 'not'] as const
type Keyword = (typeof KEYWORDS)[number]

export interface Scanned<T> {
  readonly value: T
  /** Offset of the first character after it. */
  readonly end: number
}

export function skipSpaces(query: string, from: number): number {
  let at = from
  while (SPACES.has(query.charAt(at))) at += 1
  return at
}

/** @returns the offset after `word` in any case, or null when it does not stand at `at`. */
function afterWord(query: string, at: number, word: string): number | null {
  return query.slice(at, at + word.length).toLowerCase() === word ? at + word.length : null
}

/** @returns the offset after `WS and WS` or `WS or WS` at `at`, or null. */
export function afterOperator(query: string, at: number, word: 'and' | 'or'): number | null {
  const wordAt = skipSpaces(query, at)
  if (wordAt === at) return null
  const end = afterWord(query, wordAt, word)
  if (end === null) return null
  const next = skipSpaces(query, end)
  return next === end ? null : next
}

/** @returns the offset after `not WS` at `at`, or null. */
export function afterNot(query: string, at: number): number | null {
  const end = afterWord(query, at, 'not')
  if (end === null) return null
  const next = skipSpaces(query, end)
  return next === end ? null : next
}

function unicodeEscape(query: string, at: number): Scanned<string> | null {
  const digits = /^u([0-9a-fA-F]{4})/.exec(query.slice(at, at + 5))?.[1]
  return digits === undefined ? null : { value: String.fromCharCode(Number.parseInt(digits, 16)), end: at + 5 }
}

function quoted(query: string, from: number): Scanned<KqlField> {
  let text = ''
  let at = from + 1
  while (at < query.length) {
    const char = query.charAt(at)
    if (char === '"') return { value: { kind: 'string', text, quoted: true }, end: at + 1 }
    if (char !== '\\') {
      text += char
      at += 1
      continue
    }
    const next = query.charAt(at + 1)
    const unicode = unicodeEscape(query, at + 1)
    if (unicode !== null) {
      text += unicode.value
      at = unicode.end
    } else {
      // An unknown escape keeps its backslash, so that "C:\Windows" means what it looks like.
      text += WHITESPACE_ESCAPES[next] ?? (next === '"' || next === '\\' ? next : `\\${next}`)
      at += 2
    }
  }
  throw new KqlSyntaxError(query, query.length, ['a closing quote (")'])
}

function keywordEscape(query: string, at: number): Keyword | null {
  return KEYWORDS.find((word) => afterWord(query, at, word) !== null) ?? null
}

function escapedAt(query: string, backslashAt: number): Scanned<string> {
  const at = backslashAt + 1
  const keyword = keywordEscape(query, at)
  if (keyword !== null) return { value: query.slice(at, at + keyword.length), end: at + keyword.length }
  const unicode = unicodeEscape(query, at)
  if (unicode !== null) return unicode
  const char = query.charAt(at)
  const space = WHITESPACE_ESCAPES[char]
  if (space !== undefined) return { value: space, end: at + 1 }
  if (SPECIAL.has(char) || char === '*') return { value: char, end: at + 1 }
  throw new KqlSyntaxError(query, backslashAt, ['a backslash escaped as \\\\', 'a value in quotes'])
}

/** The pieces of an unquoted value, spaces at its end cut off. */
class Unquoted {
  private readonly pieces: string[] = []
  private piece = ''
  private keep = 0

  plain(text: string): void {
    this.piece += text
    this.keep = this.piece.length
  }

  spaces(run: string): void {
    this.piece += run
  }

  wildcard(): void {
    // Several stars in a row mean the same as one.
    if (this.pieces.length === 0 || this.piece !== '') this.pieces.push(this.piece)
    this.piece = ''
    this.keep = 0
  }

  value(): KqlField {
    const last = this.piece.slice(0, this.keep)
    if (this.pieces.length > 0) return { kind: 'wildcard', pieces: [...this.pieces, last] }
    return { kind: 'string', text: last, quoted: false }
  }
}

function unquoted(query: string, from: number): Scanned<KqlField> {
  const value = new Unquoted()
  let at = from
  while (at < query.length) {
    const char = query.charAt(at)
    if (SPACES.has(char)) {
      if (afterOperator(query, at, 'and') !== null || afterOperator(query, at, 'or') !== null) break
      const end = skipSpaces(query, at)
      value.spaces(query.slice(at, end))
      at = end
      continue
    }
    if (afterNot(query, at) !== null) break
    if (char === '\\') {
      const escaped = escapedAt(query, at)
      value.plain(escaped.value)
      at = escaped.end
      continue
    }
    if (SPECIAL.has(char)) break
    if (char === '*') value.wildcard()
    else value.plain(char)
    at += 1
  }
  if (at === from) throw new KqlSyntaxError(query, at, ['a field or a value'])
  return { value: value.value(), end: at }
}

/**
 * Reads one quoted or unquoted literal. `true`, `false` and `null` stay strings here, because a field may be called so;
 * {@link typed} turns them into values.
 *
 * @throws KqlSyntaxError
 */
export function scanLiteral(query: string, from: number): Scanned<KqlField> {
  return query.charAt(from) === '"' ? quoted(query, from) : unquoted(query, from)
}

/** Unquoted `true`, `false` and `null` are typed literals. */
export function typed(value: KqlField): KqlValue {
  if (value.kind !== 'string' || value.quoted) return value
  if (value.text === 'true' || value.text === 'false') return { kind: 'boolean', value: value.text === 'true' }
  return value.text === 'null' ? { kind: 'null' } : value
}
