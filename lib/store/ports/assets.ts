import type { Asset } from '@/lib/domain/asset'
import type { Actor } from './actor'

export interface AssetChange {
  readonly by: Actor
  readonly at: number
  /** The line of the audit log that is written in the same transaction. */
  readonly audit: { readonly action: string; readonly entityId: string; readonly detail: string }
}

/** What people say about addresses, networks, hosts and zones. Keys are canonical. */
export interface AssetStore {
  /** By key. */
  list(): Promise<readonly Asset[]>
  find(key: string): Promise<Asset | null>
  /** Names by key; those that have none are absent. */
  names(keys: readonly string[]): Promise<ReadonlyMap<string, string>>
  /** Adds them, or puts them in place of those with their keys; all or none. */
  save(assets: readonly Asset[], change: AssetChange): Promise<void>
  /** @returns false when it was not there (nothing is written). */
  remove(key: string, change: AssetChange): Promise<boolean>
}

/** The engine's side: reads them at once. */
export interface AssetReader {
  all(): readonly Pick<Asset, 'key' | 'name' | 'roles'>[]
  /** Another text when another process or connection changed them; cheap enough to ask every second. */
  version(): string
  close(): void
}
