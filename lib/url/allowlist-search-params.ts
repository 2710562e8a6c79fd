import { createLoader, parseAsBoolean, parseAsString } from 'nuqs/server'

/** URL state of the allowlist page. */
export const allowlistSearchParams = {
  /** Also show entries that were removed. */
  removed: parseAsBoolean.withDefault(false),
  /** Text found in domain, reason or author. */
  text: parseAsString.withDefault(''),
  /** The name in the "check a name" box. */
  check: parseAsString.withDefault(''),
}
export const loadAllowlistSearchParams = createLoader(allowlistSearchParams)
