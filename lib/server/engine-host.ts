import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { CommandName, EngineCommands } from '@/lib/domain/engine-commands'
import type { Intake } from '@/lib/domain/intake'
import {
  CREDIT_WINDOW_BYTES,
  EngineError,
  type HostMessage,
  MAX_COMMAND_BYTES,
  type WorkerMessage,
  type WorkerSettings,
} from '@/lib/engine/protocol'
import type { ImportMeta } from '@/lib/services/context'
import { env } from './env'
import { logger } from './logger'

/** The main thread's side of the engine. */
export interface EngineHost {
  state(): 'ready' | 'starting' | 'down'
  /**
   * Hands the bytes over at the engine's pace and waits for its account; an intake in state `failed` names its error.
   *
   * @throws EngineError `unavailable` when the engine is down, stopping or crashed meanwhile; whatever `body` throws.
   */
  import(body: AsyncIterable<Uint8Array>, meta: ImportMeta, onProgress?: (intake: Intake) => void): Promise<Intake>
  /** Removes events, intakes and accounting of the demo data. @throws EngineError */
  removeDemo(): Promise<void>
  /**
   * Asks the worker for one of its commands. `bytes` are handed over: not to be used afterwards.
   *
   * @throws EngineError with the handler's code, `unavailable` when the engine is down, stopping or crashed meanwhile,
   *   `overloaded` with `retryAfterSeconds` when too many bytes are on their way already.
   */
  command<Name extends CommandName>(
    name: Name,
    params: EngineCommands[Name]['params'],
    bytes?: Uint8Array,
  ): Promise<EngineCommands[Name]['result']>
  /** Refuses new work, waits for what is under way at most `ms`, then lets the worker close its files. */
  drain(ms: number): Promise<void>
}

/** The worker reads some 10 MB of text log a second. */
const COMMAND_RETRY_SECONDS = 2
const RESTART_MS = 250
const MAX_RESTART_MS = 30_000
/** A worker that ran this long had started well; the delay begins anew. */
const STABLE_MS = 60_000

export interface HostOptions {
  /** The bundled worker. */
  readonly enginePath: string
  readonly settings: WorkerSettings
  readonly log?: (message: string, details: Readonly<Record<string, unknown>>) => void
}

export function startEngineHost(options: HostOptions): EngineHost {
  return new Host(options)
}

const KEY = Symbol.for('dowser.engine')

/** The engine of this process, started on first use, whichever bundle asks first. */
export function engine(): EngineHost {
  const holder = globalThis as unknown as { [KEY]?: EngineHost }
  holder[KEY] ??= startEngineHost({
    enginePath: join(/* turbopackIgnore: true */ process.cwd(), 'dist', 'engine.mjs'),
    settings: { dataDir: env().dataDir },
    log: (message, details) => logger.error(message, details),
  })
  return holder[KEY]
}

class Request {
  credit = CREDIT_WINDOW_BYTES
  readonly done: Promise<unknown>
  settle: (result: unknown) => void = () => {}
  fail: (error: EngineError) => void = () => {}
  isOver = false
  private wake: (() => void) | null = null

  constructor(readonly onProgress: (intake: Intake) => void) {
    this.done = new Promise((resolve, reject) => {
      this.settle = resolve
      this.fail = reject
    })
    // Whoever asked may still be sending; the rejection is seen when they await.
    this.done.catch(() => {})
  }

  addCredit(bytes: number): void {
    this.credit += bytes
    this.wakeSender()
  }

  end(): void {
    this.isOver = true
    this.wakeSender()
  }

  /** Resolves when `bytes` may be sent: a chunk larger than the window goes when nothing else is on its way. */
  async roomFor(bytes: number): Promise<void> {
    while (!this.isOver && this.credit < bytes && this.credit < CREDIT_WINDOW_BYTES)
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
  }

  private wakeSender(): void {
    this.wake?.()
    this.wake = null
  }
}

/** The bytes' buffer when it is theirs alone and plain, else a copy: a pool's or zlib's cannot be transferred. */
function ownBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes
  const isOwn = bytes.constructor === Uint8Array && buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength
  return isOwn ? buffer : new Uint8Array(bytes).buffer
}

class Host implements EngineHost {
  private worker: Worker | null = null
  private isReady = false
  private isStopping = false
  private startedAt = 0
  private restartMs = RESTART_MS
  private nextId = 1
  /** Of commands that have not been answered. */
  private commandBytes = 0
  private readonly requests = new Map<number, Request>()
  private onDrained: () => void = () => {}

  constructor(private readonly options: HostOptions) {
    this.start()
  }

  state(): 'ready' | 'starting' | 'down' {
    if (this.isStopping) return 'down'
    return this.isReady ? 'ready' : 'starting'
  }

  async import(body: AsyncIterable<Uint8Array>, meta: ImportMeta, onProgress: (intake: Intake) => void = () => {}): Promise<Intake> {
    const { id, request } = this.open(onProgress)
    this.post({ type: 'begin', id, meta })
    try {
      for await (const chunk of body) {
        await request.roomFor(chunk.byteLength)
        if (request.isOver) break
        this.sendChunk(id, request, chunk)
      }
      this.post({ type: 'end', id })
    } catch (error) {
      this.post({ type: 'abort', id })
      throw error
    }
    // The worker answers `begin` with the intake.
    const intake = (await request.done) as Intake | null
    if (intake === null) throw new EngineError('failed', 'The engine gave no account of the import.')
    return intake
  }

  async removeDemo(): Promise<void> {
    const { id, request } = this.open(() => {})
    this.post({ type: 'removeDemo', id })
    await request.done
  }

  async command<Name extends CommandName>(
    name: Name,
    params: EngineCommands[Name]['params'],
    bytes?: Uint8Array,
  ): Promise<EngineCommands[Name]['result']> {
    const size = bytes?.byteLength ?? 0
    if (size > 0 && this.commandBytes > 0 && this.commandBytes + size > MAX_COMMAND_BYTES)
      throw new EngineError('overloaded', 'The engine is busy with what came before; nothing was stored.', COMMAND_RETRY_SECONDS)
    const { id, request } = this.open(() => {})
    this.commandBytes += size
    try {
      const own = bytes === undefined ? null : ownBuffer(bytes)
      this.worker?.postMessage({ type: 'command', id, name, params, bytes: own } satisfies HostMessage, own === null ? [] : [own])
      // The table of commands pairs name and result; the worker's handlers are checked against it.
      return (await request.done) as EngineCommands[Name]['result']
    } finally {
      this.commandBytes -= size
    }
  }

  async drain(ms: number): Promise<void> {
    this.isStopping = true
    const { worker } = this
    if (worker === null) return
    const drained = new Promise<void>((resolve) => {
      this.onDrained = resolve
    })
    this.post({ type: 'drain' })
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, ms)
    })
    await Promise.race([drained, late])
    clearTimeout(timer)
    this.failAll('Dowser is stopping.')
    await worker.terminate()
  }

  private open(onProgress: (intake: Intake) => void): { readonly id: number; readonly request: Request } {
    if (this.isStopping) throw new EngineError('unavailable', 'Dowser is stopping.')
    if (this.worker === null) throw new EngineError('unavailable', 'The engine is restarting. Try again in a few seconds.')
    const id = this.nextId
    this.nextId += 1
    const request = new Request(onProgress)
    this.requests.set(id, request)
    return { id, request }
  }

  private sendChunk(id: number, request: Request, chunk: Uint8Array): void {
    // Always a copy: a chunk that comes from zlib or a socket is not ours to transfer, and transferring it kills the process.
    const own = new Uint8Array(chunk)
    request.credit -= own.byteLength
    this.worker?.postMessage({ type: 'chunk', id, bytes: own.buffer } satisfies HostMessage, [own.buffer])
  }

  private post(message: HostMessage): void {
    this.worker?.postMessage(message)
  }

  private start(): void {
    const worker = new Worker(this.options.enginePath, { workerData: this.options.settings, name: 'dowser-engine' })
    this.worker = worker
    this.startedAt = performance.now()
    worker.on('message', (message: WorkerMessage) => this.receive(message))
    worker.on('error', (cause) => this.options.log?.('the engine failed', { cause }))
    worker.on('exit', (code) => this.ended(worker, code))
    worker.unref()
  }

  private receive(message: WorkerMessage): void {
    if (message.type === 'ready') this.isReady = true
    else if (message.type === 'drained') this.onDrained()
    else if (message.type === 'problem') this.options.log?.(message.message, { detail: message.detail })
    else if (message.type === 'credit') this.requests.get(message.id)?.addCredit(message.bytes)
    else if (message.type === 'progress') this.requests.get(message.id)?.onProgress(message.intake)
    else this.finish(message)
  }

  private finish(message: Extract<WorkerMessage, { type: 'done' | 'result' | 'failed' }>): void {
    const request = this.requests.get(message.id)
    this.requests.delete(message.id)
    request?.end()
    if (message.type === 'done') request?.settle(message.intake)
    else if (message.type === 'result') request?.settle(message.result)
    else request?.fail(new EngineError(message.code, message.message, message.retryAfterSeconds))
  }

  private ended(worker: Worker, code: number): void {
    if (this.worker !== worker) return
    this.worker = null
    this.isReady = false
    this.onDrained()
    this.failAll('The engine stopped unexpectedly and is being restarted. What it stored is kept; send the log again.')
    if (this.isStopping) return
    if (performance.now() - this.startedAt > STABLE_MS) this.restartMs = RESTART_MS
    this.options.log?.('the engine stopped', { exitCode: code, restartInMs: this.restartMs })
    setTimeout(() => {
      if (!this.isStopping) this.start()
    }, this.restartMs).unref()
    this.restartMs = Math.min(MAX_RESTART_MS, this.restartMs * 2)
  }

  private failAll(message: string): void {
    for (const request of this.requests.values()) {
      request.end()
      request.fail(new EngineError('unavailable', message))
    }
    this.requests.clear()
  }
}
