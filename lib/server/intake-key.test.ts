import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import type { LogSource, LogSourceKind } from '@/lib/domain/log-source'
import { newIntakeSecret } from '@/lib/services/log-sources/intake-key-secret'
import { intakeKeyHolder } from './intake-key'
import { stores } from './stores'

const NOON = Date.UTC(2026, 10, 21, 12)
const BY = { userId: 'user-1', name: 'Admin', role: 'admin' } as const

let dataDir: string
beforeAll(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'dowser-keys-'))
  vi.stubEnv('DOWSER_DATA', dataDir)
})
afterAll(async () => {
  await stores().appDb.$disconnect()
  stores().close()
  vi.unstubAllEnvs()
  rmSync(dataDir, { recursive: true, force: true })
})

/** A source with one key. */
async function keyed(
  kind: LogSourceKind,
  expiresAt: number | null = null,
): Promise<{ readonly source: LogSource; readonly secret: string; readonly keyId: string }> {
  const id = crypto.randomUUID()
  const settings = { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 60_000 }
  const source = { id, name: id, kind, settings, createdAt: NOON, createdByName: 'Admin', pausedAt: null, removedAt: null }
  await stores().logSources.add(source, BY)
  const { secret, secretHash, prefix } = newIntakeSecret()
  const keyId = crypto.randomUUID()
  const rest = { createdAt: NOON, createdByName: 'Admin', expiresAt, revokedAt: null, lastUsedAt: null }
  await stores().intakeKeys.add({ id: keyId, logSourceId: id, name: 'key', prefix, ...rest }, secretHash)
  return { source, secret, keyId }
}

it('leads from the secret to the log source, and says when it was used, to the minute', async () => {
  const { source, secret, keyId } = await keyed('elastic')
  const used = async () => (await stores().intakeKeys.list(source.id)).find((key) => key.id === keyId)?.lastUsedAt
  expect(await intakeKeyHolder(secret, 'elastic', NOON)).toEqual({ kind: 'source', logSourceId: source.id })
  await intakeKeyHolder(secret, 'elastic', NOON + 59_000)
  expect(await used()).toBe(NOON)
  await intakeKeyHolder(secret, 'elastic', NOON + 60_000)
  expect(await used()).toBe(NOON + 60_000)
})

it('knows the key of another kind of source', async () => {
  const { secret } = await keyed('api')
  expect(await intakeKeyHolder(secret, 'elastic', NOON)).toEqual({ kind: 'wrong-kind' })
})

it('knows no key that was made up, has ended or was revoked, nor one of a source that is paused or removed', async () => {
  const ended = await keyed('elastic', NOON - 1)
  const revoked = await keyed('elastic')
  await stores().intakeKeys.revoke(revoked.keyId, NOON)
  const paused = await keyed('elastic')
  await stores().logSources.setPaused(paused.source.id, NOON)
  const removed = await keyed('elastic')
  await stores().logSources.remove(removed.source.id, BY, NOON)
  for (const secret of ['', 'dsk_made-up', 'x'.repeat(100_000), ended.secret, revoked.secret, paused.secret, removed.secret])
    expect(await intakeKeyHolder(secret, 'elastic', NOON)).toEqual({ kind: 'unknown' })
})
