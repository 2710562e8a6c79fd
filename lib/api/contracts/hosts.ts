import { z } from 'zod'
import { alarmRowSchema } from '@/lib/domain/alarm'
import { processHitSchema } from './event-search'

export const HostParams = z.object({ id: z.string().min(1).max(300) })

/** GET /api/v1/hosts/{id} — by address, host name or host id. */
export const HostResponse = z.strictObject({
  id: z.string(),
  searchBy: z.enum(['source', 'host']),
  names: z.array(z.string()),
  addresses: z.array(z.string()),
  users: z.array(z.string()),
  lastSeenAt: z.number().nullable(),
  resolver: z.string().nullable(),
  alarms: z.array(z.strictObject({ alarm: alarmRowSchema, recent: z.boolean() })),
  rare: z.strictObject({
    zones: z.array(
      z.strictObject({
        zone: z.string(),
        queries: z.number(),
        firstSeenAt: z.number(),
        lastSeenAt: z.number(),
        otherSources: z.number(),
      }),
    ),
    complete: z.boolean(),
    maxOthers: z.number(),
  }),
  dnsTools: z.strictObject({ starts: z.array(processHitSchema), complete: z.boolean() }),
})
export type HostResponse = z.infer<typeof HostResponse>
