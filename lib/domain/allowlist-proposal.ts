import { z } from 'zod'
import { benignFamilySchema } from './alarm'

/** An entry that what was observed speaks for. A person adds it or turns it down; nothing is ever added by itself. */
export const allowlistProposalSchema = z.object({
  domain: z.string(),
  family: benignFamilySchema.nullable(),
  /** Sentences, each an observation. */
  evidence: z.array(z.string()),
  /** Warnings about the domain itself: rented, dynamic. */
  warnings: z.array(z.string()),
  /** Alarms of the zone that people closed as harmless or the catalogue explained. */
  putAside: z.number(),
  /** Newest of them, to look at before deciding. */
  alarmId: z.string(),
})
export type AllowlistProposal = z.infer<typeof allowlistProposalSchema>

/** A zone whose alarms were put aside at least twice and of which none was ever confirmed or escalated. */
export interface PutAsideZone {
  readonly zone: string
  readonly closedBenign: number
  readonly people: number
  readonly suppressed: number
  /** Of the newest decision that names one, else of the facts of the newest alarm. */
  readonly family: string | null
  readonly alarmId: string
  /** Last event of an alarm of the zone. */
  readonly lastSeenAt: number
}

/** A proposal that a person turned down. It comes back once twice as many alarms were put aside. */
export interface DismissedProposal {
  readonly domain: string
  readonly putAside: number
  readonly byName: string
  readonly at: number
}
