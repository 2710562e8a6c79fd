import type { TimeQuality } from '@/lib/domain/dns-event'
import { firstText } from '../document-fields'
import type { JsonObject } from '../json-records'
import { isoTime, plausible } from '../timestamps'

/** When it happened; `TimeGenerated` is when the product said so, and all that some normalisers keep. @returns why not, as a reason to reject. */
export function asimTime(row: JsonObject, nowMs: number): { readonly at: number; readonly timeQuality: TimeQuality } | string {
  const text = firstText(row, 'EventStartTime', 'TimeGenerated', 'TimeGenerated [UTC]')
  const time = plausible(isoTime(text ?? '', 'utc'), nowMs)
  return typeof time === 'string' ? time : { at: time.at, timeQuality: time.quality }
}
