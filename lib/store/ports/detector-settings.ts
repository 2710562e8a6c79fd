import type { DetectorConfig, DetectorSettings } from '@/lib/domain/detector-settings'
import type { Actor } from './actor'

export interface NewDetectorChange {
  readonly id: string
  readonly detectorId: string
  readonly expectedVersion: number
  readonly config: DetectorConfig
  readonly reason: string
  readonly revertsChangeId: string | null
  readonly acceptedLosses: number
  readonly by: Actor
  readonly at: number
  /** The line of the audit log that is written in the same transaction. */
  readonly audit: { readonly action: string; readonly detail: string }
}

/** What people chose for detectors. A detector nobody touched has version 0. */
export interface DetectorSettingsStore {
  /** By detector id; those nobody touched are absent. */
  all(): Promise<Readonly<Record<string, DetectorSettings>>>
  find(detectorId: string): Promise<DetectorSettings>
  /** Compare-and-set on the version. @returns the settings after, or `{ conflict }` with those in force. */
  change(change: NewDetectorChange): Promise<DetectorSettings | { readonly conflict: DetectorSettings }>
}

/** The engine's side: reads what is in force, at once. */
export interface DetectorSettingsReader {
  /** By detector id; those nobody touched are absent. */
  all(): Readonly<Record<string, DetectorSettings>>
  close(): void
}
