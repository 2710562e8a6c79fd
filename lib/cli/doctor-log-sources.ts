import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { LogSource, LogSourceHealth } from '@/lib/domain/log-source'
import { openIntakeDatabase } from '@/lib/store/sqlite/intake-log'
import { createSqliteLogSourceRegistry } from '@/lib/store/sqlite/log-source-registry'
import type { DataFolder } from './data-folder'
import { type Finding, fine, wrong } from './finding'

/** The log sources in use, and how they did when the server last wrote it down (at most some seconds ago while it runs). */
export function logSourceFindings({ dir, appDb }: DataFolder): readonly Finding[] {
  if (!existsSync(appDb) || !existsSync(join(dir, 'events.db'))) return []
  const registry = createSqliteLogSourceRegistry(appDb, openIntakeDatabase(dir))
  try {
    const health = new Map(registry.loadHealth().map((one) => [one.logSourceId, one]))
    return registry.live().map((source) => findingOf(source, health.get(source.id)))
  } catch (error) {
    return [wrong('log sources', error instanceof Error ? error.message : String(error))]
  } finally {
    registry.close()
  }
}

function findingOf({ name, kind }: LogSource, health: LogSourceHealth | undefined): Finding {
  const subject = 'source'
  if (health === undefined) return fine(subject, `${name} (${kind}): nothing known yet`)
  const { state, error, lagMs, lastReceivedAt, rejected } = health
  const last = lastReceivedAt === null ? 'nothing received' : `last received ${new Date(lastReceivedAt).toISOString()}`
  const lag = lagMs === null ? '' : `, lag ${(lagMs / 1000).toFixed(1)} s`
  const text = `${name} (${kind}): ${state}${error === null ? '' : `, ${error}`}, ${last}${lag}, ${rejected} rejected`
  return state === 'failed' || state === 'quiet' ? wrong(subject, text) : fine(subject, text)
}
