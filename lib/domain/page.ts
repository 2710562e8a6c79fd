/** A page of rows and the opaque cursor of the next one; null at the end. */
export interface Page<Row> {
  readonly rows: readonly Row[]
  readonly nextCursor: string | null
}
