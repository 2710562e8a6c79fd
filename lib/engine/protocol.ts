import type { CommandName } from '@/lib/domain/engine-commands'
import type { Intake } from '@/lib/domain/intake'
import type { ImportMeta } from './intake-accounting'

/** Bytes of one request that may be on their way to the worker; the sender waits beyond it. */
export const CREDIT_WINDOW_BYTES = 4 * 1024 * 1024

/**
 * Bytes of commands that may be on their way to the worker together; more is refused as `overloaded`. Room for two of the
 * largest bulk requests that shippers send by default (Logstash and Vector: 10–20 MB); a larger one comes alone. The worker
 * takes them one after another, so that more of them would only lie in memory.
 */
export const MAX_COMMAND_BYTES = 32 * 1024 * 1024

/** Where the worker finds the stores. */
export interface WorkerSettings {
  readonly dataDir: string
}

/** Host to worker. `bytes` is transferred: it must be a copy that nobody else holds. */
export type HostMessage =
  | { readonly type: 'begin'; readonly id: number; readonly meta: ImportMeta }
  | { readonly type: 'chunk'; readonly id: number; readonly bytes: ArrayBuffer }
  | { readonly type: 'end'; readonly id: number }
  /** The sender gave up; what was stored stays and is analysed. */
  | { readonly type: 'abort'; readonly id: number }
  | { readonly type: 'removeDemo'; readonly id: number }
  /** One of the table of commands; `params` is structured-cloned, `bytes` transferred. */
  | {
      readonly type: 'command'
      readonly id: number
      readonly name: CommandName
      readonly params: unknown
      readonly bytes: ArrayBuffer | null
    }
  /** Finish what is under way, checkpoint, close. */
  | { readonly type: 'drain' }

/** Worker to host. */
export type WorkerMessage =
  | { readonly type: 'ready' }
  /** So many bytes of the request were taken in. */
  | { readonly type: 'credit'; readonly id: number; readonly bytes: number }
  | { readonly type: 'progress'; readonly id: number; readonly intake: Intake }
  | { readonly type: 'done'; readonly id: number; readonly intake: Intake | null }
  | { readonly type: 'result'; readonly id: number; readonly result: unknown }
  | {
      readonly type: 'failed'
      readonly id: number
      readonly code: string
      readonly message: string
      readonly retryAfterSeconds: number | null
    }
  /** Something went wrong that nobody asked for: for the log. `detail` may hold text of a sender. */
  | { readonly type: 'problem'; readonly message: string; readonly detail: string }
  | { readonly type: 'drained' }

/** A request the engine could not finish. Compare `code`: bundles do not share the class. */
export class EngineError extends Error {
  override readonly name = 'EngineError'
  constructor(
    /**
     * `unavailable`: down, stopping or crashed, try again; `overloaded`: nothing was stored, try again later; `failed`:
     * something broke while it ran.
     */
    readonly code: string,
    message: string,
    /** With `overloaded`: when it is worth trying again. */
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message)
  }
}
