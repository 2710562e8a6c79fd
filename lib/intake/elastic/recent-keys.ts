/** Values by key, of the last `capacity` to twice as many keys: what was not asked for or set since is forgotten. */
export class RecentKeys<Key, Value> {
  private recent = new Map<Key, Value>()
  private older = new Map<Key, Value>()

  constructor(private readonly capacity: number) {}

  get(key: Key): Value | undefined {
    return this.recent.get(key) ?? this.older.get(key)
  }

  /** Those that are not forgotten, the oldest first. */
  entries(): [Key, Value][] {
    return [...new Map([...this.older, ...this.recent])]
  }

  set(key: Key, value: Value): void {
    if (this.recent.size >= this.capacity && !this.recent.has(key)) {
      this.older = this.recent
      this.recent = new Map()
    }
    this.recent.set(key, value)
  }
}
