import { z } from 'zod'
import { alarmRowSchema } from '@/lib/domain/alarm'
import { allowlistEntrySchema } from '@/lib/domain/allowlist'
import { BENIGN_FAMILIES } from '@/lib/domain/benign-family'
import { decodingSchema } from '@/lib/domain/evidence'

export const DomainParams = z.object({ name: z.string().min(1).max(1_100) })

/** GET /api/v1/domains/{name} — a name below a registered domain answers with that domain, named in `zone`. */
export const DomainResponse = z.strictObject({
  zone: z.string(),
  seen: z.strictObject({ queries: z.number(), sources: z.number(), firstAt: z.number(), lastAt: z.number() }).nullable(),
  hosts: z.array(
    z.strictObject({
      source: z.string(),
      queries: z.number(),
      firstSeenAt: z.number(),
      lastSeenAt: z.number(),
      openAlarms: z.number(),
      first: z.boolean(),
    }),
  ),
  alarms: z.array(alarmRowSchema),
  allowlist: z.array(allowlistEntrySchema),
  decodings: z.array(z.strictObject({ alarmId: z.string(), decoding: decodingSchema })),
  catalogue: z.array(
    z.strictObject({
      suffix: z.string(),
      family: z.enum(BENIGN_FAMILIES),
      holder: z.enum(['operator', 'tenants']),
      shape: z.string(),
      what: z.string(),
      source: z.string(),
      checked: z.string(),
    }),
  ),
})
export type DomainResponse = z.infer<typeof DomainResponse>
