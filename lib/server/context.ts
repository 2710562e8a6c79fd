import { randomUUID } from 'node:crypto'
import type { ServiceContext } from '@/lib/services/context'
import type { Actor } from '@/lib/store/ports'
import { engineGate } from './engine-gate'
import { stores } from './stores'

/** Everything use cases need, for one actor. */
export function contextFor(actor: Actor): ServiceContext {
  const {
    alarms,
    alarmSink,
    allowlist,
    assets,
    audit,
    detectorSettings,
    escalations,
    events,
    eventSearch,
    guideSteps,
    intakes,
    logSources,
    intakeKeys,
    selections,
    users,
    views,
  } = stores()
  return {
    actor,
    now: Date.now,
    newId: randomUUID,
    alarms,
    alarmSink,
    allowlist,
    assets,
    audit,
    detectorSettings,
    escalations,
    events,
    eventSearch,
    guideSteps,
    intakes,
    logSources,
    intakeKeys,
    selections,
    users,
    views,
    engine: engineGate,
  }
}
