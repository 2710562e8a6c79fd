import { createHash } from 'node:crypto'
import type { ElasticBulkParams, ElasticBulkResult } from '@/lib/domain/elastic-bulk'
import type { StreamIntake } from '@/lib/engine/stream-intake'
import { ContentHash } from '@/lib/formats/content-hash'
import { BulkAnswer, type ItemOutcome } from './bulk-answer'
import { type BulkItem, badDocument, bulkItems } from './bulk-items'
import { DocumentReader } from './document-reader'
import { pathFilter } from './filter-path'
import { BULK_LIMITS, type BulkLimits } from './limits'
import { RecentKeys } from './recent-keys'
import { SenderMemory } from './sender-memory'
import { StoredQueries } from './stored-queries'

/** Document ids remembered for each log source. */
const REMEMBERED_IDS = 65_536
/** A body sent again within so many others keeps the instants its timeless documents were given. */
const REMEMBERED_BODIES = 256
/** Documents between two chances for other work of the engine. */
const TURN = 1_000

export interface BulkSurroundings {
  readonly intake: Pick<StreamIntake, 'accept' | 'place'>
  /** False for a log source that was paused or removed since its key was looked up. */
  readonly isLive: (logSourceId: string) => boolean
  /** Wall clock, epoch ms. */
  readonly now: () => number
  readonly newId: () => string
  /** Resolves after at least `ms`, having let other work run. */
  readonly pause: (ms: number) => Promise<void>
  readonly limits?: Partial<BulkLimits>
}

/** Where the headers of a source's tables are kept. */
const headersKey = (logSourceId: string): string => `elastic-headers:${logSourceId}`

class NotLiveError extends Error {
  readonly code = 'not-found'
}

/** What is remembered of one log source from request to request. */
class SourceMemory {
  readonly senders = new SenderMemory()
  readonly stored = new StoredQueries()
  readonly ids = new RecentKeys<number, number>(REMEMBERED_IDS)
  readonly bodies = new RecentKeys<string, number>(REMEMBERED_BODIES)
  /** Requests of a source go one after another, so that a body and its repetition do not overtake each other. */
  last: Promise<unknown> = Promise.resolve()
}

/**
 * The command `elastic.bulk`: reads a bulk body (unpacked), stores all of its events at once, and tells of every item
 * what became of it.
 *
 * @returns a handler that never rejects for what the bytes hold, and with `not-found` for a log source that is not live.
 */
export function createBulkCommand(surroundings: BulkSurroundings) {
  const limits = { ...BULK_LIMITS, ...surroundings.limits }
  const memories = new Map<string, SourceMemory>()
  const memoryOf = (id: string): SourceMemory => {
    const known = memories.get(id)
    if (known) return known
    const memory = new SourceMemory()
    memory.senders.restore(surroundings.intake.place(headersKey(id)))
    memories.set(id, memory)
    return memory
  }
  return async (params: ElasticBulkParams, bytes: Uint8Array | null): Promise<ElasticBulkResult> => {
    if (!surroundings.isLive(params.logSourceId)) throw new NotLiveError('The log source is paused or removed.')
    const memory = memoryOf(params.logSourceId)
    const run = memory.last.then(() => new BulkRequest(params, bytes ?? new Uint8Array(0), memory, surroundings, limits).run())
    memory.last = run.catch(() => {})
    return run
  }
}

class BulkRequest {
  private readonly nowMs: number
  private readonly reader: DocumentReader
  private readonly answer: BulkAnswer
  private readonly idPrefix: string
  /** Ids of this request, remembered once it is stored. */
  private readonly ids = new Map<number, number>()
  private readonly hash = new ContentHash()
  private documents = 0
  private cameAt: number | null = null
  private hasAction = false

  constructor(
    private readonly params: ElasticBulkParams,
    private readonly bytes: Uint8Array,
    private readonly memory: SourceMemory,
    private readonly surroundings: BulkSurroundings,
    private readonly limits: BulkLimits,
  ) {
    this.nowMs = surroundings.now()
    this.idPrefix = surroundings.newId().replaceAll('-', '').slice(0, 14)
    this.answer = new BulkAnswer(pathFilter(params.filterPath))
    this.reader = new DocumentReader(memory.senders, memory.stored, {
      nowMs: this.nowMs,
      maxRecordBytes: limits.maxDocumentBytes,
      ingestMs: () => this.ingestMs(),
    })
  }

  async run(): Promise<ElasticBulkResult> {
    try {
      return await this.readAndStore()
    } catch (error) {
      this.memory.stored.settle(false)
      const seconds =
        error instanceof Error && 'code' in error && error.code === 'overloaded' ? Reflect.get(error, 'retryAfterSeconds') : null
      if (typeof seconds !== 'number') throw error
      return { kind: 'overloaded', retryAfterSeconds: seconds }
    }
  }

  private async readAndStore(): Promise<ElasticBulkResult> {
    for (const item of bulkItems(this.bytes, this.limits)) {
      this.documents += 1
      if (this.documents > this.limits.maxDocuments)
        return refused(
          413,
          'illegal_argument_exception',
          `the request holds more than ${this.limits.maxDocuments} documents; send fewer at once`,
        )
      this.take(item)
      if (this.documents % TURN === 0) await this.surroundings.pause(0)
    }
    if (!this.hasAction) {
      const reason = this.documents === 0 ? 'request body is required' : 'the body is no newline-delimited JSON of actions and documents'
      return refused(400, this.documents === 0 ? 'parse_exception' : 'illegal_argument_exception', reason)
    }
    this.reader.end()
    this.store()
    return {
      kind: 'done',
      errors: this.answer.hasErrors,
      items: this.answer.text(),
      tookMs: Math.max(0, this.surroundings.now() - this.nowMs),
    }
  }

  private take(item: BulkItem): void {
    const { action } = item
    const index = item.index ?? this.params.defaultIndex
    if (item.error?.reason.startsWith('malformed action') !== true) this.hasAction = true
    const id = item.id ?? `${this.idPrefix}${this.documents.toString(36).padStart(6, '0')}`
    this.answer.add({
      action,
      index,
      id,
      outcome: this.outcomeOf(item, item.id === null ? null : this.hash.start().text(index).text(item.id).value52()),
    })
  }

  /** @param key - tells documents with an id of their own apart; null for others. */
  private outcomeOf({ action, text, bytes, error }: BulkItem, key: number | null): ItemOutcome['outcome'] {
    if (error !== null || text === null || bytes === null) {
      const wrong = error ?? badDocument('the document is missing')
      this.reader.refuseAction(wrong.type === 'illegal_argument_exception' ? 'bad-action' : 'bad-document', wrong.reason)
      return wrong
    }
    const content = key === null ? 0 : this.hash.start().text(text).value52()
    const before = key === null ? undefined : (this.ids.get(key) ?? this.memory.ids.get(key))
    if (before !== undefined && action === 'create') return 'exists'
    if (before !== undefined && before === content) return 'updated'
    const { rejected } = this.reader.read(text, bytes)
    if (rejected !== null) return badDocument(`${rejected.detail} [${rejected.reason}]`)
    if (key !== null) this.ids.set(key, content)
    return before === undefined ? 'created' : 'updated'
  }

  /** One delivery, so one transaction: a sender that gets no answer repeats all of it. */
  private store(): void {
    const { events, skipped, leases, records } = this.reader
    const batch = { events, rejects: this.reader.rejects(), skipped, leases, records, bytesRead: this.bytes.byteLength }
    const { logSourceId } = this.params
    const { senders } = this.memory
    const place = senders.hasNewHeader ? { key: headersKey(logSourceId), value: senders.headers.entries() } : null
    this.surroundings.intake.accept({ logSourceId, batch, place })
    senders.hasNewHeader = false
    this.memory.stored.settle(true)
    for (const [key, content] of this.ids) this.memory.ids.set(key, content)
  }

  /** When this body came first: a repetition must give its documents the same instants, else they would count twice. */
  private ingestMs(): number {
    if (this.cameAt !== null) return this.cameAt
    const digest = createHash('sha256').update(this.bytes).digest('base64')
    this.cameAt = this.memory.bodies.get(digest) ?? this.nowMs
    this.memory.bodies.set(digest, this.cameAt)
    return this.cameAt
  }
}

const refused = (status: 400 | 413, type: string, reason: string): ElasticBulkResult => ({ kind: 'refused', status, type, reason })
