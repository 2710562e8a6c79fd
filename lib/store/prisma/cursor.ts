import { Buffer } from 'node:buffer'
import { z } from 'zod'

/** The caller sent a cursor that no list of this kind gave out. */
export class InvalidCursorError extends Error {
  readonly code = 'invalid'
  readonly fields = [{ path: 'cursor', message: 'is not a cursor of this list' }]
}

/** An opaque text for a position: the JSON of its key, base64url. */
export const encodeCursor = (key: readonly unknown[]): string => Buffer.from(JSON.stringify(key)).toString('base64url')

/** @throws InvalidCursorError when `cursor` is not one that `schema` describes. */
export function decodeCursor<Schema extends z.ZodType>(cursor: string, schema: Schema): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(cursor))
  if (!parsed.success) throw new InvalidCursorError('The cursor is not one of this list; start from the first page.')
  return parsed.data
}

function parseJson(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'))
  } catch {
    return undefined
  }
}

/** Instants and numbers of a cursor are finite; text is bounded by what ids are. */
export const cursorNumber = z.number()
export const cursorId = z.string().max(200)
