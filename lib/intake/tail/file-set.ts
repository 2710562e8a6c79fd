import type { LogSourceSettings } from '@/lib/domain/log-source'
import type { FilePlace, Places } from './file-place'
import { type FoundFile, findFiles, findSiblings, MAX_FILES } from './find-files'
import { FollowedFile } from './followed-file'

type KnownPlace = FilePlace & { readonly path: string }

/** Files read to their end, so that they are not read again under another name. */
const MAX_FINISHED = 200

/** Which files are followed: those that the path names, and those a rotation took away from it, until they are read to their end. */
export class FileSet {
  /** Rotated ones before those that took their names: what is in them is older. */
  files: FollowedFile[] = []
  finished: KnownPlace[] = []
  /** Files of which a part is read once more, as known. */
  readonly resumed: { readonly file: FollowedFile; readonly from: number }[] = []
  private readonly pattern: string

  constructor(
    private readonly settings: LogSourceSettings,
    private readonly stored: Places | null,
    private readonly now: () => number,
  ) {
    this.pattern = settings.path ?? ''
  }

  /** Opens what there is and finds the places of an earlier listener again, also where a rotation moved a file meanwhile. */
  async resume(): Promise<void> {
    const left = [...(this.stored?.files ?? [])]
    for (const place of left) await this.reopen(place, await findSiblings(place.path))
    await this.look()
  }

  /** Looks names up. @returns what is wrong, in words. */
  async look(): Promise<readonly string[]> {
    const found = await findFiles(this.pattern)
    const byKey = new Map(found.map((file) => [keyOf(file), file]))
    for (const file of this.files) {
      const named = byKey.get(keyOf(file))
      file.isCurrent = named !== undefined
      if (named) file.path = named.path
    }
    const problems: string[] = []
    for (const candidate of found) {
      if (this.files.some((file) => keyOf(file) === keyOf(candidate))) continue
      if (this.files.length >= MAX_FILES) problems.push(`More than ${MAX_FILES} files are open: ${candidate.path} has to wait.`)
      else
        try {
          await this.add(candidate)
        } catch (error) {
          problems.push(`${candidate.path} cannot be read: ${error instanceof Error ? error.message : String(error)}`)
        }
    }
    if (found.length === 0) problems.push(`${this.pattern} is not there; it is followed as soon as it is.`)
    this.isFirstLook = false
    return problems
  }
  private isFirstLook = true

  /** The file was emptied. What a copy of it (logrotate's copytruncate) holds beyond what was read is read from there. */
  async cut(file: FollowedFile): Promise<void> {
    if (!file.isCurrent) return this.finish(file)
    const fresh = await FollowedFile.open(file)
    const isOther = keyOf(fresh) !== keyOf(file)
    const place = { ...file.place(file.position, file.position), path: file.path }
    const copy = await this.copyOf(place, keyOf(file))
    const next: FollowedFile[] = []
    if (copy !== null) {
      Object.assign(copy, { parser: file.parser, original: file, isCurrent: false, grewAt: this.now() })
      next.push(copy)
    } else this.keep(place)
    // Renamed away meanwhile: the next look finds what has its name now.
    if (isOther) await fresh.handle.close()
    else next.push(fresh)
    this.files.splice(this.files.indexOf(file), 1, ...next)
    await file.handle.close()
  }

  async finish(file: FollowedFile): Promise<void> {
    this.files = this.files.filter((other) => other !== file)
    this.keep({ ...file.place(file.position, file.position), path: file.path })
    await file.handle.close()
  }

  async close(): Promise<void> {
    for (const { handle } of this.files) await handle.close()
    this.files = []
  }

  private keep(place: KnownPlace): void {
    this.finished = [...this.finished, place].slice(-MAX_FINISHED)
  }

  private async add(candidate: FoundFile): Promise<void> {
    const file = await FollowedFile.open(candidate)
    // A copy that is being made of a file, which is not emptied yet: its rest is read from the one or the other, not both.
    for (const other of this.files) {
      if (!(await file.isAt(other.place(Math.min(other.position, 1), 0)))) continue
      await file.handle.close()
      return
    }
    const place = await this.placeOf(file)
    if (place) file.startAt(place.offset)
    else if (this.isFirstLook && this.stored === null && !this.settings.backfill) file.startAt(await file.lastLineStart())
    file.grewAt = this.now()
    this.files.push(file)
  }

  private async placeOf(file: FollowedFile): Promise<KnownPlace | null> {
    for (const place of this.finished) if (await file.isAt(place)) return place
    return null
  }

  /** Opens the file that the place was noted of, whatever it is called by now. */
  private async reopen(place: KnownPlace, siblings: readonly FoundFile[]): Promise<void> {
    const isIts = ({ device, inode }: FoundFile) => device === place.device && inode === place.inode
    for (const candidate of [...siblings.filter(isIts), ...siblings.filter((sibling) => !isIts(sibling))]) {
      if (this.files.some((file) => keyOf(file) === keyOf(candidate))) continue
      const file = await FollowedFile.open(candidate).catch(() => null)
      if (file === null) continue
      if (await file.isAt(place)) {
        file.startAt(place.offset)
        file.grewAt = this.now()
        this.resumed.push({ file, from: await lineStart(file, place.from) })
        this.files.push(file)
        return
      }
      await file.handle.close()
    }
    // Gone, or packed.
    this.keep(place)
  }

  private async copyOf(place: KnownPlace, exceptKey: string): Promise<FollowedFile | null> {
    for (const candidate of await findSiblings(place.path)) {
      if (keyOf(candidate) === exceptKey || this.files.some((file) => keyOf(file) === keyOf(candidate))) continue
      const file = await FollowedFile.open(candidate).catch(() => null)
      if (file === null) continue
      if (await file.isAt(place)) {
        file.startAt(place.offset)
        return file
      }
      await file.handle.close()
    }
    return null
  }
}

const keyOf = ({ device, inode }: { readonly device: number; readonly inode: number }): string => `${device}:${inode}`

/** The first line start at or after the offset. */
async function lineStart(file: FollowedFile, offset: number): Promise<number> {
  if (offset === 0) return 0
  const { unit } = file.coding
  const from = offset - (offset % unit) - unit
  const end = file.coding.firstEnd(await file.bytesAt(from, Math.max(0, file.position - from)))
  return end === 0 ? file.position : from + end
}
