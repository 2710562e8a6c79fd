import type { Detector } from '@/lib/detectors/detector'
import type { Evaluation } from '@/lib/domain/evaluation'
export const markdownReport = (evaluation: Evaluation, _detectors: readonly Detector[]): string => JSON.stringify(evaluation.share)
