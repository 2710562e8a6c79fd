import type { CoverageResponse } from '@/lib/api/contracts/coverage'

export type Technique = CoverageResponse['techniques'][number]

export interface TacticGroup {
  readonly tactic: string
  readonly title: string
  readonly techniques: readonly Technique[]
}

/** `command-and-control` → `Command and Control` */
export const tacticTitle = (slug: string): string =>
  slug
    .split('-')
    .map((word) => (word === 'and' || word === 'of' ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join(' ')

/** Techniques under each of their tactics; parents before their sub-techniques. A technique of two tactics stands in both. */
export function groupByTactic(techniques: readonly Technique[]): TacticGroup[] {
  const tactics = [...new Set(techniques.flatMap((technique) => technique.tactics))].sort()
  return tactics.map((tactic) => ({
    tactic,
    title: tacticTitle(tactic),
    techniques: techniques.filter((technique) => technique.tactics.includes(tactic)).toSorted((a, b) => a.id.localeCompare(b.id)),
  }))
}

export interface Counts {
  readonly open: number
  readonly truePositive: number
  readonly alarms: number
}

/** Alarms over all detectors that claim the technique. */
export const sumCounts = (detectors: readonly Counts[]): Counts => ({
  open: detectors.reduce((sum, { open }) => sum + open, 0),
  truePositive: detectors.reduce((sum, { truePositive }) => sum + truePositive, 0),
  alarms: detectors.reduce((sum, { alarms }) => sum + alarms, 0),
})

/** True when the technique it belongs to is claimed too, and so stands right above it. */
export const hasParentAmong = (id: string, techniques: readonly Technique[]): boolean =>
  isSubTechnique(id) && techniques.some((other) => other.id === id.slice(0, id.indexOf('.')))

export const isSubTechnique = (id: string): boolean => id.includes('.')
