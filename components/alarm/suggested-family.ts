import type { BenignFamily } from '@/lib/domain/alarm'
import type { Evidence } from '@/lib/domain/evidence'
import type { SheetState } from './decision-keys'

/** A queue row knows no evidence; then nothing is suggested. */
export interface MaybeDescribed {
  readonly evidence?: Pick<Evidence, 'benign'>
}

export const suggestedFamily = (alarm: MaybeDescribed | null): BenignFamily | null => alarm?.evidence?.benign?.family ?? null

/** The sheet with the family preselected that the alarm's facts speak for; a person still has to close. */
export function withSuggestion(sheet: SheetState, alarm: MaybeDescribed | null): SheetState {
  if (sheet.kind !== 'close' || sheet.reason !== 'benign-positive' || sheet.family !== null) return sheet
  return { ...sheet, family: suggestedFamily(alarm) }
}
