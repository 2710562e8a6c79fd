import type { BenignFamily, CloseReason } from '@/lib/domain/alarm'
import { FAMILIES, mayIgnore, REASONS } from './outcomes'

/** What the decision sheet shows. `allowlist` = the close also adds an entry, so nothing is stored without a look at the preview. */
export type SheetState =
  | { readonly kind: 'none' }
  | { readonly kind: 'close'; readonly reason: CloseReason | null; readonly family: BenignFamily | null; readonly allowlist: boolean }
  | { readonly kind: 'escalate' }
  | { readonly kind: 'note' }
  | { readonly kind: 'keys' }

export const NO_SHEET: SheetState = { kind: 'none' }
export const CLOSE_SHEET: SheetState = { kind: 'close', reason: null, family: null, allowlist: false }
export const ALLOW_SHEET: SheetState = { kind: 'close', reason: 'false-positive', family: null, allowlist: true }

/** What a key does in an open sheet: changes it, stores a close, or confirms the sheet as it is. */
export type KeyEffect =
  | { readonly do: 'nothing' }
  | { readonly do: 'show'; readonly state: SheetState }
  | { readonly do: 'close'; readonly reason: CloseReason; readonly family: BenignFamily | null }
  | { readonly do: 'confirm' }

const NOTHING: KeyEffect = { do: 'nothing' }

/**
 * The sheet's keys: a digit picks the reason and stores it at once; 3 waits for a family, 6 for its note, and a sheet
 * with an allowlist entry for a confirmation.
 */
export function sheetKey(state: SheetState, key: string): KeyEffect {
  if (state.kind === 'escalate') return key === 'Enter' ? { do: 'confirm' } : NOTHING
  if (state.kind !== 'close') return NOTHING
  const family = state.reason === 'benign-positive' ? FAMILIES.find((each) => each.key === key.toLowerCase()) : undefined
  if (family) {
    return state.allowlist
      ? { do: 'show', state: { ...state, family: family.value } }
      : { do: 'close', reason: 'benign-positive', family: family.value }
  }
  const reason = REASONS.find((each) => each.key === key)?.value
  if (reason === undefined || (state.allowlist && !mayIgnore(reason))) return NOTHING
  const waits = state.allowlist || reason === 'benign-positive' || reason === 'undetermined'
  return waits ? { do: 'show', state: { ...state, reason, family: null } } : { do: 'close', reason, family: null }
}
