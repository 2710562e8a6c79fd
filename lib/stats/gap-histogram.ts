/** Gaps shorter than this fall into the first bin, ms; a power of two. */
const LEAST_MS = 16
const LEAST_OCTAVE = 4
const BINS_PER_OCTAVE = 8
/** 16 ms to 70 minutes: a pair silent for longer is forgotten anyway. */
const OCTAVES = 18
const MOST_MS = LEAST_MS * 2 ** OCTAVES - 1
export const GAP_BINS = OCTAVES * BINS_PER_OCTAVE

/** Lower bound of a bin, ms; the next bin's is its upper bound. A bin is 6 to 12 % wide: an eighth of its octave. */
export const binStartMs = (bin: number): number =>
  (BINS_PER_OCTAVE + (bin % BINS_PER_OCTAVE)) * 2 ** (Math.floor(bin / BINS_PER_OCTAVE) + LEAST_OCTAVE - 3)

/** The first bits of the number: whole-number arithmetic, so that every machine puts a gap into the same bin. */
function binOf(gapMs: number): number {
  if (gapMs <= LEAST_MS) return 0
  const gap = gapMs >= MOST_MS ? MOST_MS : gapMs | 0
  const octave = 31 - Math.clz32(gap)
  return (octave - LEAST_OCTAVE) * BINS_PER_OCTAVE + ((gap >> (octave - 3)) & 7)
}

/**
 * Times between events on a logarithmic scale, 576 bytes. Order of adding and merging does not matter. A bin counts to
 * 4,294,967,295.
 */
export class GapHistogram {
  private readonly counts = new Uint32Array(GAP_BINS)

  /** @param snapshot - `[bin, count, bin, count, …]` as `snapshot()` gives it. */
  constructor(snapshot: readonly number[] = []) {
    for (let i = 0; i + 1 < snapshot.length; i += 2) this.counts[Math.min(GAP_BINS - 1, snapshot[i] ?? 0)] = snapshot[i + 1] ?? 0
  }

  /** @param gapMs - whole milliseconds, zero or more; a negative gap counts as zero. */
  add(gapMs: number): void {
    const bin = binOf(gapMs)
    this.counts[bin] = (this.counts[bin] ?? 0) + 1
  }

  merge(other: GapHistogram): void {
    for (let bin = 0; bin < GAP_BINS; bin++) this.counts[bin] = this.at(bin) + other.at(bin)
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
}
