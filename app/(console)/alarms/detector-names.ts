import { detectors } from '@/lib/detectors'

/** Ids and titles of every detector, for filters and rows: a new detector appears by itself. */
export const detectorNames = (): { id: string; title: string }[] => detectors.map(({ rule }) => ({ id: rule.id, title: rule.title }))
