import type { Detector, DetectorRun } from '@/lib/detectors/detector'

/** A detector that fails this often in one analysis is left out of the rest of it. */
const MAX_FAILURES = 3

export interface DetectorFailure {
  readonly detector: string
  readonly message: string
}

/**
 * The detectors, each behind a guard: one that throws starts again from nothing, and the others see nothing of it.
 *
 * @param onFailure - called for each throw; at most a few times a detector and analysis.
 */
export function guardDetectors(detectors: readonly Detector[], onFailure: (failure: DetectorFailure) => void): readonly Detector[] {
  return detectors.map((detector) => ({
    ...detector,
    create: (...args: Parameters<Detector['create']>) => new GuardedRun(detector, args, onFailure),
  }))
}

class GuardedRun implements DetectorRun {
  private run: DetectorRun | null
  private failures = 0

  constructor(
    private readonly detector: Detector,
    private readonly args: Parameters<Detector['create']>,
    private readonly onFailure: (failure: DetectorFailure) => void,
  ) {
    this.run = this.create(args)
  }

  step(step: Parameters<DetectorRun['step']>[0]): ReturnType<DetectorRun['step']> {
    return this.guard((run) => run.step(step), [])
  }

  wakeAt(): number | null {
    return this.guard((run) => run.wakeAt(), null)
  }

  /** Undefined after a failure that cannot be got over: an analysis that continues from it starts the detector anew. */
  snapshot(): unknown {
    return this.guard((run) => run.snapshot(), undefined)
  }

  private guard<Result>(work: (run: DetectorRun) => Result, otherwise: Result): Result {
    if (this.run === null) return otherwise
    try {
      return work(this.run)
    } catch (error) {
      this.note(error)
      const [settings, , ...others] = this.args
      this.run = this.failures < MAX_FAILURES ? this.create([settings, undefined, ...others] as Parameters<Detector['create']>) : null
      return otherwise
    }
  }

  private create(args: Parameters<Detector['create']>): DetectorRun | null {
    try {
      return this.detector.create(...args)
    } catch (error) {
      this.note(error)
      return null
    }
  }

  private note(error: unknown): void {
    this.failures += 1
    this.onFailure({ detector: this.detector.rule.id, message: error instanceof Error ? error.message : String(error) })
  }
}
