import type { FieldType } from '@/lib/domain/ecs'
import type { Scalar } from '@/lib/domain/flat-document'
import type { KqlValue, RangeOperator } from './ast'
import { dateSpan } from './date-math'
import { matchesGlob } from './glob'
import { addressBytes, addressTest, compareAddresses } from './ip-address'

/** Whether one stored value satisfies one query value. @param nowMs - what `now` means in date math. */
export type ValueTest = (stored: Scalar, nowMs: number) => boolean

const never: ValueTest = () => false
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?$/
const WORDS = /[\p{L}\p{N}_]+/gu

function numberOf(value: Scalar): number | null {
  if (typeof value === 'number') return value
  return typeof value === 'string' && value.length <= 64 && NUMBER.test(value) ? Number(value) : null
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(WORDS) ?? []

/** The value as written; null for `null` and wildcards, which have no single text. */
function textOf(value: KqlValue): string | null {
  if (value.kind === 'string') return value.text
  return value.kind === 'boolean' ? String(value.value) : null
}

function keywordTest(value: KqlValue, caseSensitive: boolean): ValueTest {
  const fold = caseSensitive ? (text: string) => text : (text: string) => text.toLowerCase()
  if (value.kind === 'wildcard') {
    const pieces = value.pieces.map(fold)
    return (stored) => matchesGlob(pieces, fold(String(stored)))
  }
  const text = textOf(value)
  if (text === null) return never
  const folded = fold(text)
  return (stored) => fold(String(stored)) === folded
}

function containsPhrase(words: readonly string[], phrase: readonly string[]): boolean {
  return words.some((_, start) => phrase.every((word, offset) => words[start + offset] === word))
}

function textTest(value: KqlValue): ValueTest {
  if (value.kind === 'wildcard') {
    const pieces = value.pieces.map((piece) => piece.toLowerCase())
    return (stored) => wordsOf(String(stored)).some((word) => matchesGlob(pieces, word))
  }
  const wanted = wordsOf(textOf(value) ?? '')
  if (wanted.length === 0) return never
  if (value.kind === 'string' && value.quoted) return (stored) => containsPhrase(wordsOf(String(stored)), wanted)
  const anyOf = new Set(wanted)
  return (stored) => wordsOf(String(stored)).some((word) => anyOf.has(word))
}

function numberTest(value: KqlValue): ValueTest {
  const text = textOf(value)
  const wanted = text === null ? null : numberOf(text)
  return wanted === null ? never : (stored) => numberOf(stored) === wanted
}

function booleanTest(value: KqlValue): ValueTest {
  const text = textOf(value)
  return text === 'true' || text === 'false' ? (stored) => String(stored) === text : never
}

function ipTest(value: KqlValue): ValueTest {
  const test = addressTest(textOf(value) ?? '')
  if (test === null) return never
  return (stored) => {
    const address = addressBytes(String(stored))
    return address !== null && test(address)
  }
}

function instantOf(stored: Scalar, nowMs: number): number | null {
  return typeof stored === 'number' ? stored : (dateSpan(String(stored), nowMs)?.fromMs ?? null)
}

function dateTest(value: KqlValue): ValueTest {
  const text = textOf(value)
  if (text === null) return never
  return (stored, nowMs) => {
    const span = dateSpan(text, nowMs)
    const at = instantOf(stored, nowMs)
    return span !== null && at !== null && at >= span.fromMs && at <= span.toMs
  }
}

/** `field:value`. A lone `*` (exists) is decided by the caller. */
export function equalityTest(value: KqlValue, type: FieldType, caseSensitive: boolean): ValueTest {
  if (value.kind === 'null') return never
  switch (type) {
    case 'keyword':
      return keywordTest(value, caseSensitive)
    case 'text':
      return textTest(value)
    case 'number':
      return numberTest(value)
    case 'boolean':
      return booleanTest(value)
    case 'ip':
      return ipTest(value)
    case 'date':
      return dateTest(value)
    case 'unknown': {
      const asNumber = numberTest(value)
      const asBoolean = booleanTest(value)
      const asKeyword = keywordTest(value, caseSensitive)
      const byType = { number: asNumber, boolean: asBoolean, string: asKeyword }
      return (stored, nowMs) => byType[typeof stored as keyof typeof byType](stored, nowMs)
    }
  }
}

function holds(operator: RangeOperator, order: number): boolean {
  if (operator === '<') return order < 0
  if (operator === '<=') return order <= 0
  return operator === '>' ? order > 0 : order >= 0
}

function dateRange(text: string, operator: RangeOperator): ValueTest {
  return (stored, nowMs) => {
    const span = dateSpan(text, nowMs)
    const at = instantOf(stored, nowMs)
    if (span === null || at === null) return false
    // A date without a time is a whole day: after it means after its end, before it means before its start.
    return holds(operator, at - (operator === '>' || operator === '<=' ? span.toMs : span.fromMs))
  }
}

function ipRange(text: string, operator: RangeOperator): ValueTest {
  const wanted = addressBytes(text)
  if (wanted === null) return never
  return (stored) => {
    const address = addressBytes(String(stored))
    return address !== null && holds(operator, compareAddresses(address, wanted))
  }
}

function numberRange(text: string, operator: RangeOperator): ValueTest {
  const wanted = numberOf(text)
  if (wanted === null) return never
  return (stored) => {
    const number = numberOf(stored)
    return number !== null && holds(operator, number - wanted)
  }
}

const textRange =
  (text: string, operator: RangeOperator): ValueTest =>
  (stored) => {
    const own = String(stored)
    return holds(operator, own === text ? 0 : own < text ? -1 : 1)
  }

/** `field >= value` and its kin: numbers by size, dates by instant, addresses by address order, keywords by code unit. */
export function rangeTest(value: KqlValue, operator: RangeOperator, type: FieldType): ValueTest {
  const text = textOf(value)
  if (text === null) return never
  if (type === 'date') return dateRange(text, operator)
  if (type === 'ip') return ipRange(text, operator)
  if (type === 'number') return numberRange(text, operator)
  if (type === 'keyword') return textRange(text, operator)
  if (type !== 'unknown') return never
  const asNumber = numberRange(text, operator)
  const asText = textRange(text, operator)
  return (stored, nowMs) => (typeof stored === 'number' ? asNumber : asText)(stored, nowMs)
}
