import type { Intake } from '@/lib/domain/intake'

/** The accounting of what came in, and the engine's checkpoint, beside the events. */
export interface IntakeLog {
  save(intake: Intake): void
  find(id: string): Intake | null
  list(limit: number): readonly Intake[]
  saveCheckpoint(name: string, state: unknown): void
  loadCheckpoint(name: string): unknown | null
}
