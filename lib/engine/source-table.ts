/** A source, under one text and one number however many events name it. */
export interface Source {
  readonly name: string
  /** Given once; a source that was forgotten and came again has another. */
  readonly no: number
}

/** The sources of late, at most twice `capacity`: when the younger half is full the older half is let go. */
export class SourceTable {
  private recent = new Map<string, Source>()
  private older = new Map<string, Source>()
  private created = 0

  constructor(private readonly capacity: number) {}

  get(name: string): Source {
    const known = this.recent.get(name)
    if (known !== undefined) return known
    const before = this.older.get(name)
    const source = before ?? { name, no: this.created }
    if (before === undefined) this.created += 1
    if (this.recent.size >= this.capacity) {
      this.older = this.recent
      this.recent = new Map()
    }
    this.recent.set(source.name, source)
    return source
  }
}
