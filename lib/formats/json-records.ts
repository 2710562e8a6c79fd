/** A parsed JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>

export interface DocumentSink {
  /** One record, wrappers removed. `text` gives its JSON, for a reject. */
  document(document: JsonObject, text: () => string): void
  /** A piece that is no record: `not-json`, `not-an-object`, `line-too-long`, `truncated`. */
  refuse(reason: string, detail: string, text: string): void
}

/** Keys under which exports put their array of records. */
export const WRAPPER_KEYS: ReadonlySet<string> = new Set(['events', 'expected', 'Records', 'records', 'value', 'hits'])

/** Hands on a parsed value: the records inside it, or itself. */
export function acceptParsed(value: unknown, text: string, sink: DocumentSink): void {
  const records = recordsIn(value)
  if (records === null) {
    sink.refuse('not-an-object', 'the JSON value is not an object', text)
    return
  }
  const only = records.length === 1 && records[0] === value
  for (const record of records) sink.document(record, only ? () => text : () => JSON.stringify(record))
}

/** @returns undefined when `text` is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

export const isObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

function recordsIn(value: unknown): readonly JsonObject[] | null {
  if (Array.isArray(value)) return value.filter(isObject).map(unwrapHit)
  if (!isObject(value)) return null
  for (const key of WRAPPER_KEYS) {
    const inner = value[key]
    const list = key === 'hits' && isObject(inner) ? inner.hits : inner
    if (Array.isArray(list) && list.length > 0 && list.every(isObject)) return list.map(unwrapHit)
  }
  return [unwrapHit(value)]
}

/** A search hit carries the document under `_source`, or as lists of values under `fields`. */
function unwrapHit(record: JsonObject): JsonObject {
  if (isObject(record._source)) return record._source
  return isObject(record.fields) && record['@timestamp'] === undefined && '_index' in record ? record.fields : record
}

/** JSON inside a string field of a shipper's envelope (Splunk, Filebeat, container logs); null when there is none. */
export function innerDocument(record: JsonObject): JsonObject | null {
  const result = isObject(record.result) ? record.result : record
  const event = isObject(record.event) ? record.event : {}
  for (const text of [result._raw, event.original, record['event.original'], record.message, record.log, record.MESSAGE]) {
    if (typeof text !== 'string' || !text.trimStart().startsWith('{')) continue
    const inner = parseJson(text)
    if (isObject(inner)) return inner
  }
  return null
}

/** The record, or what its envelopes hold, that `fits`; at most three envelopes deep. */
export function unwrapEnvelope(record: JsonObject, fits: (candidate: JsonObject) => boolean): JsonObject | null {
  let candidate: JsonObject | null = record
  for (let depth = 0; candidate !== null && depth <= 3; depth++) {
    if (fits(candidate)) return candidate
    candidate = innerDocument(candidate)
  }
  return null
}
