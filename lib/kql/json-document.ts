import type { QueryDocument, Scalar } from '@/lib/domain/flat-document'

/** Objects deeper than this are ignored, so that no document exhausts the stack. */
const MAX_DEPTH = 32

type Visit = (path: string, value: unknown) => void

/** Calls `visit` for every value below `value`, lists opened, objects included. */
function walk(path: string, value: unknown, depth: number, visit: Visit): void {
  if (value === null || value === undefined || depth > MAX_DEPTH) return
  if (Array.isArray(value)) {
    for (const item of value) walk(path, item, depth + 1, visit)
    return
  }
  visit(path, value)
  if (typeof value !== 'object') return
  for (const [name, child] of Object.entries(value)) walk(path === '' ? name : `${path}.${name}`, child, depth + 1, visit)
}

const isScalar = (value: unknown): value is Scalar => typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'

/**
 * A JSON document as queries see it: nested objects and dotted names mean the same, a scalar is a list of one, `null` and
 * `[]` are absent, and an object in a list can be asked for as one with `{ }`.
 */
export function jsonDocument(json: unknown): QueryDocument {
  const fields = new Map<string, Scalar[]>()
  walk('', json, 0, (path, value) => {
    if (!isScalar(value)) return
    const known = fields.get(path)
    if (known === undefined) fields.set(path, [value])
    else known.push(value)
  })
  const nested = (path: string): readonly QueryDocument[] => {
    const groups: QueryDocument[] = []
    walk('', json, 0, (at, value) => {
      if (at === path && typeof value === 'object') groups.push(jsonDocument(value))
    })
    return groups
  }
  return { fields, nested }
}
