import measured from '@/docs/evaluation.json'
import { detectors } from '@/lib/detectors'
import { type Evaluation, evaluationSchema, type Judgement } from '@/lib/domain/evaluation'
import { requirePermission, type ServiceContext } from '@/lib/services/context'

/** A threshold that may be wrong, with what its detector says of it now. */
export interface DoubtfulThreshold {
  readonly detectorId: string
  readonly detectorTitle: string
  readonly parameter: string
  /** Default and unit; null when the detector has no such setting any more. */
  readonly value: string | null
  readonly why: string
}

export interface MeasuredEvaluation {
  readonly evaluation: Evaluation
  readonly doubtful: readonly DoubtfulThreshold[]
}

/** How well this version detects, as last measured (`npm run evaluate`). */
export async function getEvaluation(ctx: Pick<ServiceContext, 'actor'>): Promise<MeasuredEvaluation> {
  requirePermission(ctx, 'detector:read')
  const evaluation = evaluationSchema.parse(measured)
  return { evaluation, doubtful: evaluation.judgement.doubtful.map(describe) }
}

function describe({ detector, parameter, why }: Judgement['doubtful'][number]): DoubtfulThreshold {
  const rule = detectors.find((candidate) => candidate.rule.id === detector)?.rule
  const found = rule?.parameters.find(({ id }) => id === parameter)
  return {
    detectorId: detector,
    detectorTitle: rule?.title ?? detector,
    parameter: found?.label ?? parameter,
    value: found === undefined ? null : `${found.default} ${found.unit}`.trim(),
    why,
  }
}
