import { isObject, type JsonObject } from './json-records'

const partsOfPath = new Map<string, readonly string[]>()

/** Paths are the program's own, so the table stays small. */
function partsOf(path: string): readonly string[] {
  const known = partsOfPath.get(path)
  if (known) return known
  const parts = path.split('.')
  partsOfPath.set(path, parts)
  return parts
}

let lastDocument: JsonObject | null = null
let lastIsDotted = false

/** Does the document have keys with dots? Remembered for the document at hand, whose fields are asked for in a row. */
export function isDotted(document: JsonObject): boolean {
  if (document !== lastDocument) {
    lastDocument = document
    lastIsDotted = Object.keys(document).some((key) => key.includes('.'))
  }
  return lastIsDotted
}

/**
 * A field of a document by its dotted path, however the path is written: nested objects, or dotted keys with what is
 * left nested below them. A list of one object on the way counts as that object.
 */
export function field(document: JsonObject, path: string): unknown {
  const nested = nestedField(document, partsOf(path))
  if (nested !== undefined || !isDotted(document)) return nested
  const whole = document[path]
  if (whole !== undefined) return whole
  for (let dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
    const child = only(document[path.slice(0, dot)])
    const found = isObject(child) ? nestedField(child, partsOf(path.slice(dot + 1))) : undefined
    if (found !== undefined) return found
  }
  return undefined
}

function nestedField(document: JsonObject, parts: readonly string[]): unknown {
  let value: unknown = document
  for (const part of parts) {
    const parent = only(value)
    if (!isObject(parent)) return undefined
    value = parent[part]
  }
  return value
}

/** A list of one value stands for the value. */
const only = (value: unknown): unknown => (Array.isArray(value) && value.length === 1 ? value[0] : value)

/** Marks Windows and its shippers write for "no value". */
const isUnset = (text: string): boolean => text === '' || text === '-' || text === '-\\-' || text === '<unknown process>'

/** Text of a field; numbers as digits; null for absent and unset values. */
export function textField(document: JsonObject, path: string): string | null {
  const value = only(field(document, path))
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && !isUnset(value) ? value : null
}

/** First of several fields that has text. */
export function firstText(document: JsonObject, ...paths: readonly string[]): string | null {
  for (const path of paths) {
    const text = textField(document, path)
    if (text !== null) return text
  }
  return null
}

/** Whole number of a field, also from decimal or `0x` text; null when it is none. */
export function numberField(document: JsonObject, path: string): number | null {
  const text = textField(document, path)
  if (text === null || !/^(?:\d{1,15}|0x[0-9a-fA-F]{1,12})$/.test(text)) return null
  return Number(text)
}

/** Strings of a field that may be one value or a list. */
export function listField(document: JsonObject, path: string): string[] {
  const value = field(document, path)
  const values = Array.isArray(value) ? value : [value]
  return values.filter((item): item is string => typeof item === 'string' && item !== '')
}
