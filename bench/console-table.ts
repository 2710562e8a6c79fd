import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'

/** How much of what was measured counts: of twenty the worst but one; of interactions the worst in fifty, which is INP. */
const P95 = 0.95
export const INP = 0.98

interface Line {
  readonly what: string
  readonly unit: string
  /** null: for comparison only. */
  readonly budget: number | null
  readonly values: readonly number[]
  readonly share: number
  /** Processor time of the server for each, its engine included; null where it cannot be told. */
  readonly serverMs: number | null
}

const lines: Line[] = []

/** Nearest rank. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.max(0, Math.ceil(values.length * share) - 1)] ?? Number.NaN

export interface Measured {
  readonly values: readonly number[]
  readonly serverMs?: number | null
}

export function report(
  what: string,
  budget: number | null,
  { values, serverMs = null }: Measured,
  options: { unit?: string; share?: number } = {},
) {
  const { unit = 'ms', share = P95 } = options
  lines.push({ what, unit, budget, values, share, serverMs })
  console.error(`${what}: ${values.map((value) => value.toFixed(0)).join(' ')}`)
}

/** Milliseconds of processor time that a process has taken, its ended children left out; null where there is no /proc. */
export function processorMs(pid: number | undefined): number | null {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ')
    return (Number(fields[11]) + Number(fields[12])) * 10
  } catch {
    return null
  }
}

/** Does `work` so many times, one after another, and times each. */
export async function timed(
  pid: number | undefined,
  rounds: number,
  work: (round: number) => Promise<number | unknown>,
): Promise<Measured> {
  const values: number[] = []
  const before = processorMs(pid)
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now()
    const own = await work(round)
    values.push(typeof own === 'number' ? own : performance.now() - begun)
  }
  const after = processorMs(pid)
  return { values, serverMs: before === null || after === null ? null : (after - before) / Math.max(1, rounds) }
}

const LOOP_BYTES = Buffer.alloc(1 << 20)
const waits: { readonly own: number; readonly wall: number }[] = []

/** The same work every time: what it takes of the processor tells how fast the machine is, what it waits how busy. */
export function referenceLoop(): void {
  const begun = performance.now()
  const before = process.cpuUsage()
  for (let n = 0; n < 40; n++) createHash('sha256').update(LOOP_BYTES).digest()
  const { user, system } = process.cpuUsage(before)
  waits.push({ own: (user + system) / 1_000, wall: performance.now() - begun })
}

/** Markdown; the last line says how many budgets are met. */
export function printTable(title: string): void {
  const loads = loadavg().map((load) => load.toFixed(1))
  const own = quantile(
    waits.map((wait) => wait.own),
    0.5,
  )
  const wall = quantile(
    waits.map((wait) => wait.wall),
    0.5,
  )
  console.log(`\n${title}, node ${process.versions.node}, ${availableParallelism()} cores, load ${loads.join(' ')}`)
  console.log(
    `A loop of this program: ${own.toFixed(0)} ms of processor time in ${wall.toFixed(0)} ms (worst ${quantile(
      waits.map((wait) => wait.wall),
      1,
    ).toFixed(0)})\n`,
  )
  console.log('| what | n | budget | p50 | counts | server’s processor time, each | met |\n|---|---|---|---|---|---|---|')
  let met = 0
  for (const { what, unit, budget, values, share, serverMs } of lines) {
    const counts = quantile(values, share)
    const isMet = budget !== null && counts <= budget
    if (isMet) met += 1
    const cells = [
      what,
      values.length,
      budget === null ? '' : `${budget} ${unit}`,
      quantile(values, 0.5).toFixed(0),
      counts.toFixed(0),
      serverMs === null ? '' : `${serverMs.toFixed(0)} ms`,
      budget === null ? '' : isMet ? 'yes' : 'NO',
    ]
    console.log(`| ${cells.join(' | ')} |`)
  }
  const asked = lines.filter((line) => line.budget !== null).length
  console.log(`\n${met} of ${asked} budgets met`)
}
