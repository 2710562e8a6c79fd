import type { LogSource, LogSourceKind } from '@/lib/domain/log-source'
import type { StreamIntake } from './stream-intake'

/** What opens a socket or follows a file, in the worker, for one log source. */
export interface Listener {
  /** Rejects when it cannot listen; it is then tried again later. */
  start(): Promise<void>
  /** Closes, having handed over what was read. */
  stop(): Promise<void>
}

/** Makes the listener of a source of its kind; deliveries go to `stream.accept` under the source's id. */
export type CreateListener = (source: LogSource, stream: StreamIntake) => Listener

/** Kinds without a line need none: their senders come over HTTP. */
export type ListenerKinds = { readonly [Kind in LogSourceKind]?: CreateListener }
