import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type GuideSection, toGuide } from '@/components/alarm/guide-document'
import { detectors } from '@/lib/detectors'

const parsed = new Map<string, readonly GuideSection[]>()

/** A detector's guide, read and parsed once; empty for an alarm whose detector is no longer part of the program. */
export function guideOf(detectorId: string): readonly GuideSection[] {
  const known = parsed.get(detectorId)
  if (known) return known
  const detector = detectors.find(({ rule }) => rule.id === detectorId)
  if (detector === undefined) return []
  const guide = toGuide(readFileSync(join(process.cwd(), 'lib', 'detectors', detector.rule.id, 'guide.md'), 'utf8'))
  parsed.set(detectorId, guide)
  return guide
}
