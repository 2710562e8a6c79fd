import { setImmediate as otherWork, setTimeout as sleep } from 'node:timers/promises'
import type { LogSource } from '@/lib/domain/log-source'
import type { StreamIntake } from '@/lib/engine/stream-intake'
import type { Listener } from '@/lib/engine/stream-listener'
import { chooseFormat, UnknownFormatError } from '@/lib/formats/read-log'
import { DELIVER_AT_EVENTS, Deliverer } from '../stream/deliverer'
import { LiveReading } from '../stream/live-reading'
import type { Places } from './file-place'
import { FileSet } from './file-set'
import { CHUNK_BYTES, type FollowedFile } from './followed-file'
import { PlaceKeeper } from './place-keeper'

const POLL_MS = 250
/** Names are looked up so often. */
const LOOK_MS = 1_000
/** Formats are recognised from so much of a file's beginning, as for imports. */
const HEAD_BYTES = 64 * 1024
/** A writer that did not notice the rotation goes on in the old file for a while. */
const ROTATED_MS = 60_000

export interface TailOptions {
  readonly now: () => number
  readonly holdMs?: number
  readonly pollMs?: number
  readonly lookMs?: number
  readonly rotatedMs?: number
}

/** Follows a file or the files of a pattern across rotation, from where it stopped. Only whole lines are read. */
export class TailListener implements Listener {
  private readonly reading
  private readonly deliverer
  private readonly places
  private readonly fileSet
  private readonly formatId: string | null
  private lookedAt = Number.NEGATIVE_INFINITY
  private problems = new Map<string, string>()
  private isStopped = false
  private hadProblem = false
  private running: Promise<void> = Promise.resolve()

  constructor(
    private readonly source: LogSource,
    private readonly stream: StreamIntake,
    private readonly options: TailOptions,
  ) {
    const { now } = options
    this.formatId = source.settings.format
    this.reading = new LiveReading<ReadonlyMap<FollowedFile, number>>(now, options.holdMs)
    this.places = new PlaceKeeper(`tail:${source.id}`, stream, this.reading, options.holdMs)
    this.fileSet = new FileSet(source.settings, this.places.load(), now)
    this.deliverer = new Deliverer({
      ...{ logSourceId: source.id, stream, now },
      onTick: () => this.tick(),
      next: () => {
        const batch = this.reading.take()
        return batch === null
          ? null
          : { batch, place: this.reading.waiting > 0 ? null : this.places.current(this.fileSet.files, this.fileSet.finished) }
      },
      onFull: () => {},
      onRoom: () => {},
    })
  }

  async start(): Promise<void> {
    await this.fileSet.resume()
    await this.readKnown()
    this.keepFirstPlace()
    this.deliverer.start()
    this.running = this.run()
  }

  /** What still waits for answers is read again at the next start. */
  async stop(): Promise<void> {
    this.isStopped = true
    await this.running
    await this.deliverer.stop(0).catch(() => {})
    await this.fileSet.close()
  }

  private tick(): void {
    this.places.tick(this.fileSet.files, this.options.now())
  }

  private async run(): Promise<void> {
    while (!this.isStopped) {
      try {
        await this.look()
      } catch (error) {
        this.problems.set('', `The files cannot be looked up: ${messageOf(error)}`)
      }
      for (const file of [...this.fileSet.files])
        await this.read(file).catch((error) => this.problems.set(file.path, `${file.path} cannot be read: ${messageOf(error)}`))
      await sleep(this.options.pollMs ?? POLL_MS)
    }
  }

  /** Looks which files there are now, and says what is wrong with them. */
  private async look(): Promise<void> {
    const { now, lookMs = LOOK_MS, rotatedMs = ROTATED_MS } = this.options
    if (now() - this.lookedAt < lookMs) return
    this.lookedAt = now()
    const problems = await this.fileSet.look()
    const isDone = (file: FollowedFile) => !file.isCurrent && now() - file.grewAt > rotatedMs && this.places.isStored(file)
    for (const file of this.fileSet.files.filter(isDone)) await this.fileSet.finish(file)
    const error = [...problems, ...this.problems.values()][0] ?? null
    if (error !== null || this.hadProblem) this.stream.note(this.source.id, { error })
    this.hadProblem = error !== null
    this.problems = new Map()
  }

  /** Reads a file to its end, as far as there is room. */
  private async read(file: FollowedFile): Promise<void> {
    while (!this.isStopped && !this.deliverer.isFull) {
      if (file.parser === null && !(await this.recognise(file))) return
      const lines = await file.next()
      if (lines === null) return
      if (lines === 'cut') {
        await this.fileSet.cut(file)
        return
      }
      file.grewAt = this.options.now()
      this.push(file, lines)
      if (this.reading.waiting >= DELIVER_AT_EVENTS) this.deliverer.deliver()
      await otherWork()
    }
  }

  private push(file: FollowedFile, lines: Uint8Array): void {
    if (file.parser) this.reading.push(file.parser, lines)
  }

  /** @returns false when there is nothing to tell the format by yet. */
  private async recognise(file: FollowedFile): Promise<boolean> {
    const head = await file.bytesAt(0, HEAD_BYTES)
    const whole = file.coding.toUtf8(head.subarray(0, file.coding.lastEnd(head)), 0)
    if (whole.length === 0 && head.length < HEAD_BYTES) return false
    try {
      file.parser = this.reading.parserOf(chooseFormat(whole, this.formatId ?? undefined))
      return true
    } catch (error) {
      this.problems.set(file.path, `${file.path} is not read: ${messageOf(error)}`)
      return false
    }
  }

  /** Fills parsers and correlator with what was read before the last stop. */
  private async readKnown(): Promise<void> {
    this.reading.isKnown = true
    for (const { file, from } of this.fileSet.resumed) {
      if (!(await this.recognise(file))) continue
      const headEnd = Math.min(HEAD_BYTES, from)
      // Headers, and what else a format learns from a file's beginning.
      const head = await file.bytesAt(0, headEnd)
      this.push(file, file.coding.toUtf8(head.subarray(0, file.coding.lastEnd(head)), 0))
      for (let at = from; at < file.position; ) {
        const bytes = await file.bytesAt(at, Math.min(CHUNK_BYTES, file.position - at))
        if (bytes.length === 0) break
        this.push(file, file.coding.toUtf8(bytes, at))
        at += bytes.length
      }
    }
    this.reading.endKnown()
  }

  /** Where a file is followed from its end, that end has to be found again, even if nothing comes before the next start. */
  private keepFirstPlace(): void {
    if (this.places.hasStored || this.fileSet.files.every(({ position }) => position === 0)) return
    this.tick()
    const value: Places = { files: this.fileSet.files.map((file) => ({ ...file.place(file.position, file.position), path: file.path })) }
    const batch = { events: [], rejects: [], skipped: {}, records: 0, bytesRead: 0 }
    try {
      this.stream.accept({ logSourceId: this.source.id, batch, place: { key: this.places.key, value } })
    } catch {
      // No room: the first delivery brings it.
    }
  }
}

function messageOf(error: unknown): string {
  if (error instanceof UnknownFormatError) return `its format is not known; it begins with "${error.firstLine}"`
  return error instanceof Error ? error.message : String(error)
}
