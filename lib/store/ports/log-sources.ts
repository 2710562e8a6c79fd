import type { IntakeKey, LogSource, LogSourceHealth } from '@/lib/domain/log-source'
import type { Actor } from './actor'

/** Log sources as people set them up, and their keys. In app.db. */
export interface LogSourceStore {
  /** By name; removed ones only when asked for. */
  list(options: { readonly includeRemoved: boolean }): Promise<readonly LogSource[]>
  find(id: string): Promise<LogSource | null>
  /** @returns `taken` when a live source has the name, or listens where this one would. */
  add(source: LogSource, by: Actor): Promise<LogSource | 'taken'>
  setPaused(id: string, pausedAt: number | null): Promise<LogSource | null>
  /** @returns null when it is gone. */
  setFormat(id: string, format: string | null): Promise<LogSource | null>
  /** Removing revokes the source's keys in the same transaction. */
  remove(id: string, by: Actor, at: number): Promise<LogSource | null>
}

export interface IntakeKeyStore {
  list(logSourceId: string | null): Promise<readonly IntakeKey[]>
  /** @param secretHash - SHA-256 of the secret, hex. */
  add(key: IntakeKey, secretHash: string): Promise<IntakeKey>
  revoke(id: string, at: number): Promise<IntakeKey | null>
  /** The live key of the hash: not revoked, not expired at `nowMs`, its source neither removed nor paused. */
  findLive(secretHash: string, nowMs: number): Promise<IntakeKey | null>
  touch(id: string, at: number): Promise<void>
}

/** The engine's side, synchronous, in the worker: which sources to open, and how they do. */
export interface LogSourceRegistry {
  /** Sources that are neither removed nor paused. */
  live(): readonly LogSource[]
  saveHealth(health: readonly LogSourceHealth[]): void
  loadHealth(): readonly LogSourceHealth[]
}
