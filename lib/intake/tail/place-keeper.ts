import type { Delivery, StreamIntake } from '@/lib/engine/stream-intake'
import { HOLD_MS, type LiveReading } from '../stream/live-reading'
import { type FilePlace, type Places, placesSchema } from './file-place'
import type { FollowedFile } from './followed-file'

type Positions = ReadonlyMap<FollowedFile, number>

/** At least so much before a place is read again, so that lines of one instant are told apart as they were. */
const MIN_KNOWN_BYTES = 64 * 1024
const MAX_KNOWN_BYTES = 32 * 1024 * 1024

/** Knows up to where each file's lookups are stored, and from where to read to understand what follows. */
export class PlaceKeeper {
  hasStored = false
  private history: { readonly at: number; readonly positions: Positions }[] = []

  constructor(
    readonly key: string,
    private readonly stream: StreamIntake,
    private readonly reading: LiveReading<Positions>,
    private readonly holdMs = HOLD_MS,
  ) {}

  /** What an earlier listener left; nothing when it cannot be understood. */
  load(): Places | null {
    const places = placesSchema.safeParse(this.stream.place(this.key))
    this.hasStored = places.success
    return places.success ? places.data : null
  }

  tick(files: readonly FollowedFile[], nowMs: number): void {
    const positions: Positions = new Map(files.map((file) => [file, file.position]))
    this.reading.tick(positions)
    this.history.push({ at: nowMs, positions })
    const passedAt = this.reading.passed()?.at ?? Number.NEGATIVE_INFINITY
    const first = this.history.findLastIndex(({ at }) => at <= passedAt - this.holdMs)
    if (first > 0) this.history = this.history.slice(first)
  }

  /** Is everything that was read of the file handed on? */
  isStored(file: FollowedFile): boolean {
    return this.reading.waiting === 0 && this.reading.passed()?.place.get(file) === file.position
  }

  /** To be called when everything that was closed is part of this or an earlier delivery. */
  current(files: readonly FollowedFile[], finished: readonly (FilePlace & { readonly path: string })[]): Delivery['place'] {
    const passed = this.reading.passed()?.place
    const before = this.history[0]?.positions
    const value: Places = {
      files: [
        ...files.map((file) => {
          const offset = positionIn(passed, file)
          const known = Math.min(positionIn(before, file), offset - MIN_KNOWN_BYTES)
          return { ...file.place(offset, Math.max(0, known, offset - MAX_KNOWN_BYTES)), path: file.path }
        }),
        ...finished,
      ],
    }
    return { key: this.key, value }
  }
}

/** A copy is read from where its original was read to; what of that is not stored yet is found in the copy. */
const positionIn = (positions: Positions | undefined, file: FollowedFile): number =>
  positions?.get(file) ?? (file.original === null ? undefined : positions?.get(file.original)) ?? file.original?.startedAt ?? file.startedAt
