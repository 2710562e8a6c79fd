import { z } from 'zod'

export const allowlistEntrySchema = z.object({
  id: z.string(),
  /** Lower-case domain name without trailing dot; covers the name itself and everything below it, on label boundaries. */
  domain: z.string(),
  /** Only this source; null = all. */
  source: z.string().nullable(),
  /** Only this detector; null = all. */
  detector: z.string().nullable(),
  reason: z.string(),
  family: z.string().nullable(),
  createdAt: z.number(),
  createdByUserId: z.string(),
  createdByName: z.string(),
  expiresAt: z.number(),
  removedAt: z.number().nullable(),
  removedByName: z.string().nullable(),
  /** Alarms it hides now, and the newest event among them. */
  hiddenAlarms: z.number(),
  lastHitAt: z.number().nullable(),
  /** The alarm it was made from, if any. */
  alarmId: z.string().nullable(),
})
export type AllowlistEntry = z.infer<typeof allowlistEntrySchema>

/** The part of an entry that decides. */
export type AllowlistRule = Pick<AllowlistEntry, 'id' | 'domain' | 'source' | 'detector' | 'expiresAt' | 'removedAt'>

/** True when `name` is `domain` or lies below it: `a.mcafee.com` under `mcafee.com`, never `evilmcafee.com` or `mcafee.com.evil.net`. */
export function isUnder(name: string, domain: string): boolean {
  return name === domain || name.endsWith(`.${domain}`)
}

/**
 * The one predicate that preview, engine and close share.
 *
 * @param nowMs - epoch ms; an entry at or past its expiry decides nothing.
 * @returns the first matching entry's id in list order, or null. An alarm without a zone is matched by no entry.
 */
export function decidingEntry(
  rules: readonly AllowlistRule[],
  alarm: { readonly zone: string | null; readonly source: string | null; readonly detector: string },
  nowMs: number,
): string | null {
  const { zone } = alarm
  if (zone === null) return null
  const entry = rules.find(
    (rule) =>
      rule.removedAt === null &&
      rule.expiresAt > nowMs &&
      isUnder(zone, rule.domain) &&
      (rule.source === null || rule.source === alarm.source) &&
      (rule.detector === null || rule.detector === alarm.detector),
  )
  return entry?.id ?? null
}
