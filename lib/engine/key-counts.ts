/** Keys counted by their own name; a log that invents record types cannot make the table grow. */
const MAX_KEYS = 64
const OTHER_KEY = 'other'

export type KeyCountsSnapshot = readonly (readonly [key: string, count: number])[]

/** Counts by key. Most minutes of a pair know one record type and one response code, so the first key costs no table. */
export class KeyCounts {
  private key: string | null = null
  private count = 0
  private more: Map<string, number> | null = null

  constructor(snapshot: KeyCountsSnapshot = []) {
    for (const [key, count] of snapshot) this.add(key, count)
  }

  add(key: string, by: number): void {
    if (this.key === null) this.key = key
    if (this.key === key) {
      this.count += by
      return
    }
    this.more ??= new Map()
    const known = this.more.get(key)
    const counted = known !== undefined || this.more.size < MAX_KEYS ? key : OTHER_KEY
    this.more.set(counted, (this.more.get(counted) ?? 0) + by)
  }

  snapshot(): KeyCountsSnapshot {
    return this.key === null ? [] : [[this.key, this.count], ...(this.more ?? [])]
  }

  addTo(total: KeyCounts): void {
    if (this.key === null) return
    total.add(this.key, this.count)
    if (this.more !== null) for (const [key, count] of this.more) total.add(key, count)
  }
}

/** The sum as a plain record; see `recordOf`. */
export function sumOf(parts: readonly KeyCounts[]): Record<string, number> {
  const total = new KeyCounts()
  for (const part of parts) part.addTo(total)
  return recordOf(total)
}

/** Counts as a plain record, sorted by key so that equal sums are equal to the letter. */
export function recordOf(total: KeyCounts): Record<string, number> {
  // No prototype: a record type called `constructor` is counted like any other.
  const sorted = Object.create(null) as Record<string, number>
  for (const [key, count] of total.snapshot().toSorted(([a], [b]) => (a < b ? -1 : 1))) sorted[key] = count
  return sorted
}
