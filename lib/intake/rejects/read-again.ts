import type { Intake } from '@/lib/domain/intake'
import type { Reject } from '@/lib/domain/log-event'
import type { ReadAgainParams, ReadAgainResult } from '@/lib/domain/read-again'
import { ownerKey } from '@/lib/domain/reject-owner'
import type { Engine } from '@/lib/engine/engine'
import { uncountRejects } from '@/lib/engine/intake-accounting'
import { withoutRecord } from '@/lib/formats/rejected-records'
import type { IntakeLog, RejectStore } from '@/lib/store/ports'
import { readKept } from './read-kept'

export interface ReadAgainSurroundings {
  readonly engine: Pick<Engine, 'import' | 'live'>
  readonly rejects: RejectStore
  readonly intakes: IntakeLog
  /** Wall clock, epoch ms. */
  readonly now: () => number
  /** Resolves after at least `ms`, having let other work run. */
  readonly pause: (ms: number) => Promise<void>
}

class NothingKeptError extends Error {
  readonly code = 'not-found'
}

const AGAIN = ', read again'
const NOTHING = { added: 0, duplicates: 0, rejected: 0 }

/**
 * Reads what is kept of an owner's rejects again. Events that come of it are stored under their own ids, so that a kill or
 * a second turn stores nothing twice; what still cannot be read stays kept.
 *
 * @throws `not-found` when nothing is kept, `overloaded` before anything is read.
 */
export function createReadAgain(surroundings: ReadAgainSurroundings): (params: ReadAgainParams) => Promise<ReadAgainResult> {
  let last: Promise<unknown> = Promise.resolve()
  return (params) => {
    // One after another: two turns over the same records would count them twice.
    const run = last.then(() => (params.owner === 'import' ? readAgainAsImport(params, surroundings) : ofLogSource(params, surroundings)))
    last = run.catch(() => {})
    return run
  }
}

interface Kept {
  readonly key: string
  readonly newest: number
  readonly records: number
  readonly reasons: Readonly<Record<string, number>>
}

function keptOf({ owner, id }: Pick<ReadAgainParams, 'owner' | 'id'>, rejects: RejectStore): Kept {
  const key = ownerKey(owner, id)
  const newest = rejects.newest(key)
  const reasons: Record<string, number> = {}
  let records = 0
  for (const part of newest === 0 ? [] : rejects.parts(key, newest)) {
    records += part.records.length
    for (const [reason, count] of Object.entries(part.reasons)) reasons[reason] = (reasons[reason] ?? 0) + count
  }
  if (records === 0) throw new NothingKeptError('No record is kept that could be read again.')
  return { key, newest, records, reasons }
}

/** The source takes the events up as if they had come now; the live analysis goes back to where they belong. */
async function ofLogSource(params: ReadAgainParams, surroundings: ReadAgainSurroundings): Promise<ReadAgainResult> {
  const { engine, rejects, now, pause } = surroundings
  const { id: logSourceId, format } = params
  const { key, newest, records, reasons } = keptOf(params, rejects)
  engine.live.intake.refuseWhenFull()
  const result = { ...NOTHING }
  const left: Reject[] = []
  engine.live.takeBackRejects(logSourceId, reasons)
  for await (const batch of readKept(rejects.parts(key, newest), { nowMs: now(), format })) {
    left.push(...batch.rejects)
    const stored = { ...batch, rejects: batch.rejects.map(withoutRecord), records: 0 }
    const { added, duplicates } = engine.live.intake.store({ logSourceId, batch: stored, place: null })
    result.added += added
    result.duplicates += duplicates
    result.rejected += batch.rejects.length
    await pause(0)
  }
  rejects.replace(key, newest, left, now())
  return { records, ...result, intakeId: null }
}

/**
 * A new import takes the events up, and what still cannot be read; the old one says so. The way of the command line for
 * log sources too, whose live analysis runs in the server.
 *
 * @param name - of the owner, where it is no import.
 */
export async function readAgainAsImport(
  params: ReadAgainParams,
  surroundings: Pick<ReadAgainSurroundings, 'rejects' | 'intakes' | 'now'> & { readonly engine: Pick<Engine, 'import'> },
  name = params.id,
): Promise<ReadAgainResult> {
  const { engine, rejects, intakes, now } = surroundings
  const { key, newest, records, reasons } = keptOf(params, rejects)
  const before = params.owner === 'import' ? intakes.find(params.id) : null
  const again = await engine.import(nothing(), {
    ...{ via: 'read-again', name: nameOf(before, name), bytesTotal: null, demo: false },
    read: (_, { nowMs }) => readKept(rejects.parts(key, newest), { nowMs, format: params.format }),
  })
  if (again.error !== null) throw new Error(again.error)
  rejects.replace(key, newest, [], now())
  const added = again.dnsEvents + again.processEvents - again.duplicates
  if (before !== null) noteOn(before, { reasons, records, added, rejected: again.rejected }, surroundings)
  return { records, added, duplicates: again.duplicates, rejected: again.rejected, intakeId: again.id }
}

const nameOf = (before: Intake | null, otherwise: string): string => {
  const name = before?.name ?? otherwise
  return name.endsWith(AGAIN) ? name : `${name}${AGAIN}`
}

interface Turn extends Pick<Kept, 'reasons' | 'records'> {
  readonly added: number
  readonly rejected: number
}

function noteOn(
  before: Intake,
  { reasons, records, added, rejected }: Turn,
  { intakes, now }: Pick<ReadAgainSurroundings, 'intakes' | 'now'>,
) {
  const intake = structuredClone(before)
  intake.rejected -= uncountRejects(intake.rejects, reasons)
  const on = new Date(now()).toISOString().slice(0, 16).replace('T', ' ')
  intake.problems.push(
    `${records} rejected records were read again on ${on} UTC: ${added} events added, ${rejected} records still rejected. They have a line of their own.`,
  )
  intakes.save(intake)
}

async function* nothing(): AsyncGenerator<Uint8Array> {}
