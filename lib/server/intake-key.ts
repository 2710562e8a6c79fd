import type { LogSourceKind } from '@/lib/domain/log-source'
import type { KeyHolder } from '@/lib/intake/elastic/handler'
import { hashIntakeSecret } from '@/lib/services/log-sources/intake-key-secret'
import { once } from './once'
import { stores } from './stores'

/** "Last used" is told to the minute; a sender with a hundred requests a second does not write a hundred times. */
const TOUCH_EVERY_MS = 60_000
const MAX_SECRET = 512

/** Whom the secret of a sender belongs to, for one kind of log source. Paused and removed sources have no live key. */
export async function intakeKeyHolder(secret: string, kind: LogSourceKind, nowMs = Date.now()): Promise<KeyHolder> {
  if (secret.length > MAX_SECRET) return { kind: 'unknown' }
  const { intakeKeys, logSources } = stores()
  const key = await intakeKeys.findLive(hashIntakeSecret(secret), nowMs)
  if (key === null) return { kind: 'unknown' }
  const source = await logSources.find(key.logSourceId)
  if (source === null) return { kind: 'unknown' }
  if (source.kind !== kind) return { kind: 'wrong-kind' }
  const touched = once('touched-intake-keys', () => new Map<string, number>())
  if (nowMs - (touched.get(key.id) ?? 0) >= TOUCH_EVERY_MS) {
    touched.set(key.id, nowMs)
    await intakeKeys.touch(key.id, nowMs)
  }
  return { kind: 'source', logSourceId: source.id }
}
