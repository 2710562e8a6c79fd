import { z } from 'zod'
import { intakeSchema } from '@/lib/domain/intake'

/** GET /api/v1/sources */
export const ListSourcesResponse = z.strictObject({
  intakes: z.array(intakeSchema),
  totals: z.strictObject({
    dnsEvents: z.number(),
    processEvents: z.number(),
    firstEventAt: z.number().nullable(),
    lastEventAt: z.number().nullable(),
  }),
  formats: z.array(z.strictObject({ id: z.string(), title: z.string(), endings: z.array(z.string()) })),
})
export type ListSourcesResponse = z.infer<typeof ListSourcesResponse>

/** GET /api/v1/sources/{id} and the answer of POST /api/v1/events (body: the log's bytes; `?name=dns.log`). */
export const IntakeResponse = z.strictObject({ intake: intakeSchema })
export type IntakeResponse = z.infer<typeof IntakeResponse>
