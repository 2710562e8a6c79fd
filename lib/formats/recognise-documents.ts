import { JsonDocuments } from './json-documents'
import type { JsonObject } from './json-records'

const MAX_RECORDS = 200

/**
 * Share of the first JSON records that `fits`, 0 when there is no JSON. Pieces that are no JSON count against it,
 * except the one the head cuts.
 */
export function recogniseDocuments(head: Uint8Array, fits: (record: JsonObject) => boolean): number {
  let first = 0
  while (first < head.length && (head[first] ?? 0) <= 0x20) first += 1
  if (head[first] !== 0x7b && head[first] !== 0x5b) return 0
  let seen = 0
  let fitting = 0
  const documents = new JsonDocuments(
    {
      document: (record) => {
        if (seen >= MAX_RECORDS) return
        seen += 1
        if (fits(record)) fitting += 1
      },
      refuse: (reason) => {
        if (reason !== 'truncated' && seen < MAX_RECORDS) seen += 1
      },
    },
    head.byteLength,
  )
  documents.push(head)
  documents.end()
  return seen === 0 ? 0 : fitting / seen
}
