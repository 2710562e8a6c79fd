import { createReadStream, statSync } from 'node:fs'
import { isAbsolute, join } from 'node:path'
import { CommandError, type Terminal } from './command'

/** A log to read. */
export interface InputFile {
  /** As the user wrote it. */
  readonly name: string
  /** null for standard input. */
  readonly bytesTotal: number | null
  open(): AsyncIterable<Uint8Array>
}

const CHUNK_BYTES = 1024 * 1024

/** @throws CommandError naming the file that is missing or not a file. */
export function inputFile(name: string, terminal: Pick<Terminal, 'cwd' | 'stdin'>): InputFile {
  if (name === '-') return { name: 'standard input', bytesTotal: null, open: () => terminal.stdin }
  const path = isAbsolute(name) ? name : join(terminal.cwd, name)
  const stat = statSync(path, { throwIfNoEntry: false })
  if (stat === undefined) throw new CommandError(`${name}: no such file`)
  if (stat.isDirectory()) throw new CommandError(`${name} is a directory; name the log files in it`)
  return { name, bytesTotal: stat.isFile() ? stat.size : null, open: () => createReadStream(path, { highWaterMark: CHUNK_BYTES }) }
}
