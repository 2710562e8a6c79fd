import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, stat } from 'node:fs/promises'
import { FileConfigstore, FileStore } from '@tus/file-store'
import { Server, type Upload } from '@tus/server'
import type { Intake } from '@/lib/domain/intake'
import type { ResumableUpload } from '@/lib/domain/resumable-upload'
import type { Actor } from '@/lib/store/ports'
import { UPLOAD_LIMITS, type UploadLimits } from './limits'
import { actorOf, metadataFor, modifiedOf, nameOf } from './upload-metadata'

/** Where the protocol is served. */
export const UPLOADS_PATH = '/api/v1/uploads'
/** The engine may be starting; what is whole waits for it. */
const RETRY_MS = 5_000
/** Outcomes that are remembered. */
const MAX_OUTCOMES = 1_000

export interface UploadDeskOptions {
  /** Folder that uploads are kept in, made on first use. */
  readonly dir: string
  readonly now: () => number
  /** Bytes free on the disk of the folder. */
  readonly freeBytes: () => Promise<number>
  /** Reads a whole file in. @throws errors with `code` `unavailable` to be tried again. */
  readonly read: (bytes: AsyncIterable<Uint8Array>, file: { readonly name: string; readonly size: number }, by: Actor) => Promise<Intake>
  readonly onFailure: (what: string, cause: unknown) => void
  readonly limits?: Partial<UploadLimits>
  readonly retryMs?: number
}

interface Outcome {
  readonly upload: ResumableUpload
  readonly userId: string
  readonly at: number
}

/** An answer of the protocol that refuses. */
const refusal = (status_code: number, body: string): { readonly status_code: number; readonly body: string } => ({
  status_code,
  body: `${body}\n`,
})

/**
 * Takes files in pieces over the resumable upload protocol (tus 1.0.0: creation, HEAD, PATCH, termination), keeps them on
 * disk until they are whole, and then has them read. A broken connection and a restart of the server cost nothing that
 * arrived; what was whole when the process ended is read at its next start.
 */
export class UploadDesk {
  private readonly limits: UploadLimits
  private readonly store: FileStore
  private readonly configs: FileConfigstore
  private readonly server: Server
  private readonly callers = new WeakMap<object, Actor>()
  private readonly reading = new Map<string, Promise<void>>()
  private readonly outcomes = new Map<string, Outcome>()
  private isStopped = false

  constructor(private readonly options: UploadDeskOptions) {
    this.limits = { ...UPLOAD_LIMITS, ...options.limits }
    this.configs = new FileConfigstore(options.dir)
    this.store = new FileStore({ directory: options.dir, configstore: this.configs })
    this.server = new Server({
      path: UPLOADS_PATH,
      datastore: this.store,
      maxSize: this.limits.maxBytes,
      relativeLocation: true,
      // Pages of this server alone.
      allowedOrigins: [],
      namingFunction: () => randomBytes(16).toString('hex'),
      onIncomingRequest: (request, id) => this.checkCaller(request, id),
      onUploadCreate: (request, upload) => this.admit(request, upload),
      onUploadFinish: async (_, upload) => {
        this.begin(upload)
        return {}
      },
    })
  }

  /** Answers a request of the protocol. */
  async handle(request: Request, by: Actor): Promise<Response> {
    await mkdir(this.options.dir, { recursive: true, mode: 0o700 })
    this.callers.set(request, by)
    const response = await this.server.handleWeb(request)
    if (response.ok && request.method !== 'DELETE')
      response.headers.set('upload-expires', new Date(this.options.now() + this.limits.expiryMs).toUTCString())
    response.headers.set('cache-control', 'private, no-store')
    return response
  }

  /** Uploads of a person: open ones, those being read, and what lately became of others. */
  async list(userId: string): Promise<readonly ResumableUpload[]> {
    const stored = (await this.uploads()).filter((upload) => actorOf(upload)?.userId === userId && !this.outcomes.has(upload.id))
    const views = await Promise.all(stored.map((upload) => this.view(upload)))
    return [...views, ...[...this.outcomes.values()].filter((outcome) => outcome.userId === userId).map(({ upload }) => upload)]
  }

  /** Has files read that were whole when the last process ended. */
  async resume(): Promise<void> {
    for (const upload of await this.uploads()) if (upload.offset === upload.size) this.begin(upload)
  }

  /** Removes open uploads that fell silent. @returns how many. */
  async sweep(): Promise<number> {
    const nowMs = this.options.now()
    for (const [id, { at }] of this.outcomes) if (nowMs - at > this.limits.rememberMs) this.outcomes.delete(id)
    let removed = 0
    for (const upload of await this.uploads()) {
      if (upload.offset === upload.size || nowMs - (await this.touchedAt(upload)) <= this.limits.expiryMs) continue
      await this.store.remove(upload.id)
      removed += 1
    }
    return removed
  }

  /** Begins nothing more, and waits until what is being read is read. */
  async stop(): Promise<void> {
    this.isStopped = true
    await Promise.all(this.reading.values())
  }

  private async uploads(): Promise<readonly Upload[]> {
    const ids = (await this.configs.list?.().catch(() => [])) ?? []
    const found = await Promise.all(ids.map((id) => this.store.getUpload(id).catch(() => null)))
    return found.filter((upload) => upload !== null)
  }

  private async view(upload: Upload): Promise<ResumableUpload> {
    const isOpen = upload.offset !== upload.size
    return {
      id: upload.id,
      ...{ name: nameOf(upload), size: upload.size ?? 0, offset: upload.offset, modifiedAt: modifiedOf(upload) },
      ...{ state: isOpen ? 'open' : 'reading', intakeId: null, detail: null },
      expiresAt: isOpen ? (await this.touchedAt(upload)) + this.limits.expiryMs : null,
    }
  }

  private async touchedAt({ id, creation_date }: Upload): Promise<number> {
    const stats = await stat(`${this.options.dir}/${id}`).catch(() => null)
    return stats?.mtimeMs ?? Date.parse(creation_date ?? '')
  }

  /** Anybody else's upload is not there. */
  private async checkCaller(request: object & { readonly method: string }, id: string): Promise<void> {
    if (request.method === 'POST') return
    const upload = await this.store.getUpload(id)
    if (actorOf(upload)?.userId !== this.callerOf(request).userId) throw refusal(404, 'There is no such upload.')
    if (request.method === 'DELETE' && this.reading.has(id)) throw refusal(409, 'It is whole and being read.')
    if (request.method === 'PATCH' && (await this.options.freeBytes()) < this.limits.reserveBytes)
      throw refusal(507, 'The disk of the server is almost full. What arrived is kept; go on when there is room.')
  }

  private async admit(request: object, { size, metadata }: Upload): Promise<{ metadata: Record<string, string | null> }> {
    const { maxOpen, maxTotalBytes, reserveBytes } = this.limits
    const by = this.callerOf(request)
    if (size === undefined) throw refusal(400, 'Say how long the file is: Upload-Length.')
    const uploads = await this.uploads()
    const own = uploads.filter((upload) => actorOf(upload)?.userId === by.userId)
    if (own.length >= maxOpen) throw refusal(429, `You have ${own.length} uploads that are not finished. Finish or discard some of them.`)
    const announced = uploads.reduce((sum, upload) => sum + (upload.size ?? 0), 0)
    if (announced + size > maxTotalBytes) throw refusal(429, 'Other uploads take all the room there is. Try again when they are read.')
    const missing = uploads.reduce((sum, upload) => sum + (upload.size ?? 0) - upload.offset, 0)
    if ((await this.options.freeBytes()) - missing - size < reserveBytes)
      throw refusal(507, 'The disk of the server has no room for the file.')
    return { metadata: metadataFor(metadata, by) }
  }

  private callerOf(request: object): Actor {
    const by = this.callers.get(request)
    if (by === undefined) throw refusal(401, 'Sign in.')
    return by
  }

  private begin(upload: Upload): void {
    if (this.isStopped || this.reading.has(upload.id)) return
    const run = this.read(upload)
      .catch((cause: unknown) => this.options.onFailure('reading an upload', cause))
      .finally(() => this.reading.delete(upload.id))
    this.reading.set(upload.id, run)
  }

  private async read(upload: Upload): Promise<void> {
    const by = actorOf(upload)
    const { id, size = 0 } = upload
    const name = nameOf(upload)
    while (by !== null && !this.isStopped) {
      try {
        const intake = await this.options.read(createReadStream(`${this.options.dir}/${id}`), { name, size }, by)
        this.remember(upload, by, { state: 'done', intakeId: intake.id, detail: null })
        break
      } catch (error) {
        const { code, message, intakeId } = failureOf(error)
        if (code !== 'unavailable') {
          this.remember(upload, by, { state: 'failed', intakeId, detail: message })
          break
        }
        await new Promise((resolve) => setTimeout(resolve, this.options.retryMs ?? RETRY_MS))
      }
    }
    if (!this.isStopped || this.outcomes.has(id)) await this.store.remove(id)
  }

  private remember(upload: Upload, by: Actor, part: Pick<ResumableUpload, 'state' | 'intakeId' | 'detail'>): void {
    const { id, size = 0 } = upload
    const view = { id, name: nameOf(upload), size, offset: size, modifiedAt: modifiedOf(upload), expiresAt: null, ...part }
    this.outcomes.set(id, { upload: view, userId: by.userId, at: this.options.now() })
    const [oldest] = this.outcomes.keys()
    if (this.outcomes.size > MAX_OUTCOMES && oldest !== undefined) this.outcomes.delete(oldest)
  }
}

/** By `code`: errors come from several bundles. A log that could not be read has an account all the same. */
function failureOf(error: unknown): { readonly code: unknown; readonly message: string; readonly intakeId: string | null } {
  if (!(error instanceof Error)) return { code: null, message: String(error), intakeId: null }
  const extra: unknown = Reflect.get(error, 'extra')
  const intake: unknown = typeof extra === 'object' && extra !== null ? Reflect.get(extra, 'intake') : null
  const id: unknown = typeof intake === 'object' && intake !== null ? Reflect.get(intake, 'id') : null
  return { code: Reflect.get(error, 'code'), message: error.message, intakeId: typeof id === 'string' ? id : null }
}
