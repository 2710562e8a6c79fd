import type { AlarmUnit } from '@/lib/domain/alarm-unit'
import { runUnit } from '@/lib/services/selections/run-unit'
import { logger } from './logger'
import { stores } from './stores'

/** Stores what is left of a unit after the answer went out. One that fails is taken up again at the next start. */
export function finishLater(started: { readonly unit: AlarmUnit }): { unit: AlarmUnit } {
  const { unit } = started
  if (unit.finishedAt === null) void run(unit.id)
  return { unit }
}

async function run(unitId: string): Promise<void> {
  const { selections, alarmSink } = stores()
  try {
    await runUnit({ selections, alarmSink, now: Date.now }, unitId)
  } catch (cause) {
    logger.error('storing a decision on many alarms stopped', { unitId, cause })
  }
}

/** Takes up what a stop interrupted. */
export async function resumeUnits(): Promise<void> {
  for (const unit of await stores().selections.unfinishedUnits()) await run(unit.id)
}
