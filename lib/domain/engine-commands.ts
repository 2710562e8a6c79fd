/**
 * What may be asked of the engine beside imports, by name: parameters and result are structured-cloned, bytes are
 * transferred. A way in or a use case adds its line here, and its handler where the worker is put together.
 */
export interface EngineCommands {
  /** Answers when the engine is able to answer; `atMs` is its wall clock. */
  'engine.ping': { readonly params: Readonly<Record<string, never>>; readonly result: { readonly atMs: number } }
}

export type CommandName = keyof EngineCommands

/** Asks the engine. @throws errors with the handler's `code`, `unavailable` when the engine is down or stopping. */
export type EngineCommand = <Name extends CommandName>(
  name: Name,
  params: EngineCommands[Name]['params'],
  bytes?: Uint8Array,
) => Promise<EngineCommands[Name]['result']>
