import { z } from 'zod'
import { alarmRowSchema } from './alarm'

/**
 * What one person has to judge as one thing: the alarms of a zone, whatever detector and source they are of. An alarm
 * without a zone (a script's look-ups below several zones) stands under its host.
 */
export const storySchema = z.strictObject({
  /** `z:` and the zone, or `h:` and the host. */
  key: z.string(),
  kind: z.enum(['zone', 'host']),
  /** The zone, or the host as the worst alarm names it. */
  name: z.string(),
  /** The worst alarm speaks for the story. */
  worst: alarmRowSchema,
  alarms: z.number(),
  /** Alarms by detector, most first: the detectors that agree. */
  detectors: z.array(z.strictObject({ id: z.string(), count: z.number() })),
  hosts: z.number(),
  /** The host with the most alarms. */
  topHost: z.string().nullable(),
  queries: z.number(),
  firstSeenAt: z.number(),
  lastSeenAt: z.number(),
  /** Names of those who own an alarm of it. */
  owners: z.array(z.string()),
  notes: z.number(),
})
export type Story = z.infer<typeof storySchema>

interface StoryMember {
  readonly id: string
  readonly zone: string | null
  readonly hostId: string | null
  readonly hostName: string | null
  readonly source: string | null
}

/** The key of the story an alarm belongs to. */
export const storyKeyOf = ({ id, zone, hostId, hostName, source }: StoryMember): string =>
  zone === null ? `h:${hostId ?? hostName ?? source ?? id}` : `z:${zone}`
