import { detectors } from '@/lib/detectors'
import type { Rule } from '@/lib/detectors/detector'
import { ServiceError } from '@/lib/services/errors'

/** @throws ServiceError `not-found` */
export function requireRule(detectorId: string): Rule {
  const found = detectors.find(({ rule }) => rule.id === detectorId)
  if (found === undefined) throw new ServiceError('not-found', `There is no detector ${detectorId}.`)
  return found.rule
}
