import { createLoader, type inferParserType, parseAsArrayOf, parseAsString, parseAsStringLiteral } from 'nuqs/server'
import { ESCALATION_STATUSES } from '@/lib/domain/escalation'
import { SEVERITIES } from '@/lib/domain/severity'

/** The list of escalations in the address, under the names of `GET /api/v1/escalations`. */
export const escalationsSearchParams = {
  status: parseAsArrayOf(parseAsStringLiteral(ESCALATION_STATUSES)).withDefault([]),
  severity: parseAsArrayOf(parseAsStringLiteral(SEVERITIES)).withDefault([]),
  ownerUserId: parseAsString,
  text: parseAsString,
}
export type EscalationsSearchParams = inferParserType<typeof escalationsSearchParams>

export const loadEscalationsSearchParams = createLoader(escalationsSearchParams)

/** Empty fields left out, so that equal addresses give equal query keys. */
export function toEscalationFilter({ status, severity, ownerUserId, text }: EscalationsSearchParams) {
  const sought = text?.trim().slice(0, 200)
  return {
    ...(status.length > 0 && { status: [...status] }),
    ...(severity.length > 0 && { severity: [...severity] }),
    ...(ownerUserId && { ownerUserId: ownerUserId.slice(0, 100) }),
    ...(sought && { text: sought }),
  }
}
export type EscalationListFilter = ReturnType<typeof toEscalationFilter>
