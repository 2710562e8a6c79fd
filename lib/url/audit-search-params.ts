import { createLoader, parseAsInteger, parseAsString } from 'nuqs/server'

/** The audit page's filter in the address, under the names of `GET /api/v1/audit`; instants are epoch ms UTC. */
export const auditSearchParams = {
  byName: parseAsString,
  action: parseAsString,
  entity: parseAsString,
  entityId: parseAsString,
  from: parseAsInteger,
  to: parseAsInteger,
}

export const loadAuditSearchParams = createLoader(auditSearchParams)

type AuditSearchParams = Readonly<Record<'byName' | 'action' | 'entity' | 'entityId', string | null> & Record<'from' | 'to', number | null>>

/** Empty fields left out, so that equal addresses give equal query keys. */
export function toAuditFilter(params: AuditSearchParams) {
  const { byName, action, entity, entityId, from, to } = params
  return {
    ...(byName && { byName: byName.slice(0, 200) }),
    ...(action && { action: action.slice(0, 200) }),
    ...(entity && { entity: entity.slice(0, 200) }),
    ...(entityId && { entityId: entityId.slice(0, 200) }),
    ...(from !== null && from >= 0 && { from }),
    ...(to !== null && to >= 0 && { to }),
  }
}
