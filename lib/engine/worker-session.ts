import { ChunkQueue } from './chunk-queue'
import type { CommandHandlers } from './commands'
import type { Engine } from './engine'
import type { HostMessage, WorkerMessage } from './protocol'

/** The worker's half of the protocol, on any engine. */
export interface WorkerSession {
  receive(message: HostMessage): void
  /** Resolves when nothing is under way. */
  idle(): Promise<void>
}

/** @param onDrain - called once, when everything under way at a `drain` has ended. */
export function createWorkerSession(
  engine: Engine,
  commands: CommandHandlers,
  send: (message: WorkerMessage) => void,
  onDrain: () => void | Promise<void>,
): WorkerSession {
  const queues = new Map<number, ChunkQueue>()
  const running = new Set<Promise<void>>()

  const start = (id: number, work: () => Promise<WorkerMessage>): void => {
    const run = work()
      .catch((error: unknown): WorkerMessage => {
        const { code, message, retryAfterSeconds = null } = { code: 'failed', ...factsOf(error) }
        return { type: 'failed', id, code, message, retryAfterSeconds }
      })
      .then((message) => {
        queues.delete(id)
        running.delete(run)
        send(message)
      })
    running.add(run)
  }

  const idle = async (): Promise<void> => {
    while (running.size > 0) await Promise.all(running)
  }

  const begin = (message: Extract<HostMessage, { type: 'begin' }>): void => {
    const { id, meta } = message
    const queue = new ChunkQueue((bytes) => send({ type: 'credit', id, bytes }))
    queues.set(id, queue)
    start(id, async () => {
      const intake = await engine.import(queue, meta, (state) => send({ type: 'progress', id, intake: state }))
      return { type: 'done', id, intake }
    })
  }

  return {
    idle,
    receive(message) {
      switch (message.type) {
        case 'begin':
          return begin(message)
        case 'chunk':
          // A reader that stopped early (unknown format) still owes the credit, else the sender waits for ever.
          if (!queues.has(message.id)) return send({ type: 'credit', id: message.id, bytes: message.bytes.byteLength })
          return queues.get(message.id)?.push(new Uint8Array(message.bytes))
        case 'end':
          return queues.get(message.id)?.end()
        case 'abort':
          return queues.get(message.id)?.abort()
        case 'removeDemo':
          return start(message.id, async () => {
            await engine.removeDemo()
            return { type: 'done', id: message.id, intake: null }
          })
        case 'command': {
          const { id, name, params, bytes } = message
          // The host's `command` pairs the name with its parameters.
          const handle = commands[name] as (params: unknown, bytes: Uint8Array | null) => Promise<unknown>
          return start(id, async () => ({
            type: 'result',
            id,
            result: await handle(params, bytes === null ? null : new Uint8Array(bytes)),
          }))
        }
        case 'drain':
          return void idle().then(onDrain)
      }
    },
  }
}

/** What of a failure crosses to the other side, where classes are not shared. */
function factsOf(error: unknown): { readonly message: string; readonly code?: string; readonly retryAfterSeconds?: number } {
  if (!(error instanceof Error)) return { message: String(error) }
  return {
    message: error.message,
    ...('code' in error && typeof error.code === 'string' ? { code: error.code } : {}),
    ...('retryAfterSeconds' in error && typeof error.retryAfterSeconds === 'number' ? { retryAfterSeconds: error.retryAfterSeconds } : {}),
  }
}
