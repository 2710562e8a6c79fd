export type Scalar = string | number | boolean

/** Dotted field name → its values; a field without a value is absent, a single value is a list of one. */
export type FlatDocument = ReadonlyMap<string, readonly Scalar[]>

/** A document as rule queries see it: flat fields, and the objects below a path when a query needs one and the same. */
export interface QueryDocument {
  readonly fields: FlatDocument
  /** The objects found at `path`, their fields named relative to it; empty when there is none. */
  readonly nested: (path: string) => readonly QueryDocument[]
}

/** A document without lists of objects: what lies below a path is one object. */
export function documentOf(fields: FlatDocument): QueryDocument {
  const nested = (path: string): readonly QueryDocument[] => {
    const prefix = `${path}.`
    const below = [...fields].filter(([name]) => name.startsWith(prefix))
    if (below.length === 0) return []
    return [documentOf(new Map(below.map(([name, values]) => [name.slice(prefix.length), values])))]
  }
  return { fields, nested }
}
