/** The only error that parsing a query throws. */
export class KqlSyntaxError extends Error {
  readonly code = 'kql-syntax'
  /** 0-based offset into the query, in UTF-16 code units; the query's length when it ends too early. */
  readonly position: number
  /** What could have stood there, in plain words. */
  readonly expected: readonly string[]

  constructor(query: string, position: number, expected: readonly string[]) {
    const found = position >= query.length ? 'the end of the query' : `"${query.slice(position, position + 1)}"`
    super(`Expected ${expected.join(' or ')} at position ${position}, found ${found}.`)
    this.name = 'KqlSyntaxError'
    this.position = position
    this.expected = expected
  }
}
