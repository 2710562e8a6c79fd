/**
 * `suppressed` = an allowlist entry hides it, until the entry goes, or the benign catalogue explains it (`evidence.suppression`),
 * until it no longer does. It is kept and counted, and a person can reopen it.
 */
export const ALARM_STATUSES = ['open', 'escalated', 'closed', 'suppressed'] as const
export type AlarmStatus = (typeof ALARM_STATUSES)[number]
