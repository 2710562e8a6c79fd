import { randomUUID } from 'node:crypto'
import type { EngineOptions } from '@/lib/engine/engine'
import { pause, processIsAlive } from '@/lib/engine/surroundings'

/** The engine's clock, ids and breathing, as a command gives them. */
export function engineClock(now: () => number): Pick<EngineOptions, 'now' | 'newId' | 'pause' | 'pid' | 'isAlive'> {
  return { now, newId: randomUUID, pause, pid: process.pid, isAlive: processIsAlive }
}
