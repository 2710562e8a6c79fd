import type { BenignFamily } from '@/lib/domain/alarm'
import { ANALYST_ALLOWLIST_MAX_DAYS, can } from '@/lib/domain/permission'
import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import type { NewAllowlistEntry } from '@/lib/store/ports'
import { guardDomain } from './guard-domain'

const DAY_MS = 86_400_000

/** What a person fills in. */
export interface EntryDraft {
  readonly domain: string
  readonly source: string | null
  readonly detector: string | null
  readonly reason: string
  readonly family: BenignFamily | null
  readonly days: number
}

/**
 * Checks a draft and makes the entry of it; nothing is stored.
 *
 * @param options.path - prefix of field paths in errors.
 * @throws ServiceError `invalid` naming every bad field.
 */
export async function newEntry(
  ctx: ServiceContext,
  draft: EntryDraft,
  options: { readonly alarmId: string | null; readonly path: string; readonly at: number },
): Promise<NewAllowlistEntry> {
  const { at, alarmId } = options
  const { domain, refusal } = guardDomain(draft.domain)
  const bad: { path: string; message: string }[] = []
  if (refusal !== null) bad.push({ path: 'domain', message: refusal })
  if (!can(ctx.actor.role, 'allowlist:manage') && draft.days > ANALYST_ALLOWLIST_MAX_DAYS) {
    bad.push({
      path: 'days',
      message: `an ${ctx.actor.role}'s entry lives at most ${ANALYST_ALLOWLIST_MAX_DAYS} days; an admin can make longer ones`,
    })
  }
  const { source, detector, reason, family, days } = draft
  const same = (await ctx.allowlist.list({ includeRemoved: false })).find(
    (entry) => entry.domain === domain && entry.source === source && entry.detector === detector && entry.expiresAt > at,
  )
  if (same !== undefined)
    bad.push({ path: 'domain', message: `${same.createdByName} already added the same entry; it holds until ${day(same.expiresAt)}` })
  if (bad.length > 0) {
    const fields = bad.map(({ path, message }) => ({ path: options.path + path, message }))
    throw new ServiceError('invalid', fields.map((field) => `${field.path}: ${field.message}`).join('; '), fields)
  }
  const by = { createdByUserId: ctx.actor.userId, createdByName: ctx.actor.name }
  return { id: ctx.newId(), domain, source, detector, reason, family, createdAt: at, ...by, expiresAt: at + days * DAY_MS, alarmId }
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** "example.net from 10.0.0.5 until 2026-12-21": what an entry covers, in words. */
export function scopeSentence(entry: Pick<NewAllowlistEntry, 'domain' | 'source' | 'detector' | 'expiresAt'>): string {
  const from = entry.source === null ? '' : ` from ${entry.source}`
  const only = entry.detector === null ? '' : `, ${entry.detector} only,`
  return `${entry.domain}${from}${only} until ${day(entry.expiresAt)}`
}
