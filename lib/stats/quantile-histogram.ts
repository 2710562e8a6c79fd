/** Cells per unit. */
const RESOLUTION = 1_000

/**
 * A histogram of values from 0 up, a thousandth wide, whose past can be made to fade. The order of additions does not matter.
 */
export class QuantileHistogram {
  private cells: Map<number, number>
  private sum: number

  /** @param snapshot - What `snapshot()` gave. */
  constructor(snapshot: readonly (readonly [number, number])[] = []) {
    this.cells = new Map(snapshot)
    this.sum = snapshot.reduce((total, [, weight]) => total + weight, 0)
  }

  add(value: number, weight = 1): void {
    const cell = Math.round(value * RESOLUTION)
    this.cells.set(cell, (this.cells.get(cell) ?? 0) + weight)
    this.sum += weight
  }

  /** Multiplies every weight by `factor` (0 to 1); cells below a thousandth of an observation go. */
  fade(factor: number): void {
    this.sum = 0
    for (const [cell, weight] of this.cells) {
      const faded = weight * factor
      if (faded < 0.001) this.cells.delete(cell)
      else {
        this.cells.set(cell, faded)
        this.sum += faded
      }
    }
  }

  /** Weight of all observations. */
  get weight(): number {
    return this.sum
  }

  /** Share of observations at or below `value`; 1 when there is none. */
  shareUpTo(value: number): number {
    if (this.sum === 0) return 1
    const limit = Math.round(value * RESOLUTION)
    let below = 0
    for (const [cell, weight] of this.cells) if (cell <= limit) below += weight
    return Math.min(1, below / this.sum)
  }

  /** Smallest value with at least `share` of the observations at or below it; 0 when there is none. */
  quantile(share: number): number {
    let below = 0
    let value = 0
    for (const [cell, weight] of [...this.cells].toSorted((a, b) => a[0] - b[0])) {
      below += weight
      value = cell / RESOLUTION
      if (below >= share * this.sum - 1e-9) return value
    }
    return value
  }

  snapshot(): [number, number][] {
    return [...this.cells].toSorted((a, b) => a[0] - b[0])
  }
}
