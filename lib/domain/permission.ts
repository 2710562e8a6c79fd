/** What each role may do. Enforced on the server in every route and page; the UI reads the same table. */
export const ROLES = ['analyst', 'manager', 'admin'] as const
export type Role = (typeof ROLES)[number]

export const PERMISSIONS = [
  'alarm:read',
  'alarm:decide',
  'coverage:read',
  'source:read',
  'source:import',
  'source:manage',
  'detector:read',
  'detector:manage',
  'event:read',
  'asset:manage',
  'escalation:read',
  'escalation:manage',
  'view:share',
  'allowlist:read',
  'allowlist:add-from-alarm',
  'allowlist:manage',
  'user:manage',
  'demo:remove',
  'audit:read',
] as const
export type Permission = (typeof PERMISSIONS)[number]

const GRANTS: Readonly<Record<Role, readonly Permission[]>> = {
  analyst: [
    'alarm:read',
    'alarm:decide',
    'coverage:read',
    'source:read',
    'source:import',
    'detector:read',
    'event:read',
    'escalation:read',
    'escalation:manage',
    'view:share',
    'allowlist:read',
    'allowlist:add-from-alarm',
  ],
  manager: [
    'alarm:read',
    'coverage:read',
    'source:read',
    'detector:read',
    'event:read',
    'escalation:read',
    'view:share',
    'allowlist:read',
    'audit:read',
  ],
  admin: PERMISSIONS,
}

export const can = (role: Role, permission: Permission): boolean => GRANTS[role].includes(permission)

/** Longest life of an entry an analyst may add while closing an alarm; longer ones are an admin's. */
export const ANALYST_ALLOWLIST_MAX_DAYS = 30

export const isRole = (value: unknown): value is Role => ROLES.some((role) => role === value)
