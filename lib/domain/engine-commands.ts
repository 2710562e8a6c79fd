import type { PreviewState } from './detector-preview'
import type { DetectorConfig } from './detector-settings'
import type { DetectorStatus } from './detector-status'
import type { ElasticBulkParams, ElasticBulkResult } from './elastic-bulk'
import type { RejectReason } from './intake'
import type { LogSourceHealth } from './log-source'
import type { KeptRecords, ReadAgainParams, ReadAgainResult } from './read-again'

/**
 * What may be asked of the engine beside imports, by name: parameters and result are structured-cloned, bytes are
 * transferred. A way in or a use case adds its line here, and its handler where the worker is put together.
 */
export interface EngineCommands {
  /** Answers when the engine is able to answer; `atMs` is its wall clock. */
  'engine.ping': { readonly params: Readonly<Record<string, never>>; readonly result: { readonly atMs: number } }
  /** How every log source does that is not removed. */
  'log-sources.health': { readonly params: Readonly<Record<string, never>>; readonly result: readonly LogSourceHealth[] }
  /** Log sources changed: opens what is new, closes what is paused or removed. Answers when that is done. */
  'log-sources.reload': { readonly params: Readonly<Record<string, never>>; readonly result: null }
  /**
   * Bytes of a log, as a keyed sender posts them; `format` null recognises it. Answers when all is stored: the detectors
   * see it when event time has passed it. Fails with `not-found`, `unknown-format`, `overloaded` (nothing was stored).
   */
  'log-sources.accept-log': {
    readonly params: { readonly logSourceId: string; readonly format: string | null }
    readonly result: {
      readonly added: number
      readonly duplicates: number
      readonly rejected: number
      readonly rejects: readonly RejectReason[]
    }
  }
  /** What is kept of records that could not be read, by the id that the import's or log source's events are stored under. */
  'rejects.kept': {
    readonly params: Readonly<Record<string, never>>
    readonly result: Readonly<Record<string, KeptRecords>>
  }
  /**
   * Reads kept records of an import or a log source again; `format` takes the place of the one they were read as. Fails
   * with `not-found`, `overloaded`.
   */
  'rejects.read-again': { readonly params: ReadAgainParams; readonly result: ReadAgainResult }
  /** A body of Elasticsearch's bulk API, unpacked; everything it holds is stored at once, or nothing is. */
  'elastic.bulk': { readonly params: ElasticBulkParams; readonly result: ElasticBulkResult }
  /** Takes up a changed list of assets. */
  'assets.reload': { readonly params: Readonly<Record<string, never>>; readonly result: { readonly assets: number } }
  /** Takes up changed settings of detectors. */
  'detectors.reload': { readonly params: Readonly<Record<string, never>>; readonly result: { readonly changed: readonly string[] } }
  /** By detector id: end of the last step it saw, epoch ms of event time, and how far it is; null since the start. */
  'detectors.activity': {
    readonly params: Readonly<Record<string, never>>
    readonly result: Readonly<Record<string, { readonly lastStepAt: number | null; readonly status: DetectorStatus | null }>>
  }
  /** Starts to run a detector over stored events with other settings, beside those in force. `days` null: all that is stored. */
  'detectors.preview': {
    readonly params: {
      readonly detectorId: string
      readonly changed: DetectorConfig
      readonly days: number | null
      readonly limitMs: number
    }
    readonly result: { readonly previewId: string }
  }
  'detectors.previewState': { readonly params: { readonly previewId: string }; readonly result: PreviewState }
  'detectors.cancelPreview': { readonly params: { readonly previewId: string }; readonly result: Readonly<Record<string, never>> }
}

export type CommandName = keyof EngineCommands

/** Asks the engine. @throws errors with the handler's `code`, `unavailable` when the engine is down or stopping. */
export type EngineCommand = <Name extends CommandName>(
  name: Name,
  params: EngineCommands[Name]['params'],
  bytes?: Uint8Array,
) => Promise<EngineCommands[Name]['result']>
