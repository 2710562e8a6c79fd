/** Gaps shorter than this fall into the first bin, ms. */
const LEAST_MS = 16
const BINS_PER_OCTAVE = 8
/** 16 ms to 70 minutes: a pair silent for longer is forgotten anyway. */
const OCTAVES = 18
export const GAP_BINS = OCTAVES * BINS_PER_OCTAVE

/** Lower bound of a bin, ms; the next bin's is its upper bound. Bins are 9 % wide. */
export const binStartMs = (bin: number): number => LEAST_MS * 2 ** (bin / BINS_PER_OCTAVE)

/**
 * Times between events on a logarithmic scale, 576 bytes at most. Order of adding and merging does not matter.
 * Counts stop at 4,294,967,295.
 */
export class GapHistogram {
  private readonly counts: Uint32Array

  /** @param snapshot - `[bin, count, bin, count, …]` as `snapshot()` gives it. */
  constructor(snapshot: readonly number[] = []) {
    this.counts = new Uint32Array(GAP_BINS)
    for (let i = 0; i + 1 < snapshot.length; i += 2) this.put(snapshot[i] ?? 0, snapshot[i + 1] ?? 0)
  }

  /** @param gapMs - zero or more; negative gaps count as zero. */
  add(gapMs: number): void {
    this.put(gapMs <= LEAST_MS ? 0 : Math.floor(BINS_PER_OCTAVE * Math.log2(gapMs / LEAST_MS)), 1)
  }

  merge(other: GapHistogram): void {
    for (let bin = 0; bin < GAP_BINS; bin++) this.put(bin, other.at(bin))
  }

  at(bin: number): number {
    return this.counts[bin] ?? 0
  }

  snapshot(): number[] {
    const filled: number[] = []
    this.counts.forEach((count, bin) => {
      if (count > 0) filled.push(bin, count)
    })
    return filled
  }

  private put(bin: number, count: number): void {
    const at = Math.min(GAP_BINS - 1, Math.max(0, bin))
    this.counts[at] = Math.min(0xffff_ffff, (this.counts[at] ?? 0) + count)
  }
}
