import type { CommandName, EngineCommands } from '@/lib/domain/engine-commands'

/** @throws errors whose `code` reaches the caller: `overloaded`, `not-found`, `invalid`, else `failed`. */
export type CommandHandlers = {
  readonly [Name in CommandName]: (
    params: EngineCommands[Name]['params'],
    bytes: Uint8Array | null,
  ) => Promise<EngineCommands[Name]['result']>
}
