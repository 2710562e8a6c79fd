import type { Role } from '@/lib/domain/permission'

/** What each role is for, one sentence each. */
export const ROLE_WORDS: Readonly<Record<Role, { readonly label: string; readonly sentence: string }>> = {
  analyst: { label: 'Analyst', sentence: 'Decides alarms, imports logs, allows a name for up to 30 days while closing an alarm.' },
  manager: { label: 'Manager', sentence: 'Sees everything, including the audit log; changes nothing.' },
  admin: { label: 'Admin', sentence: 'Does everything, and keeps users and the allowlist.' },
}
