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

/** `{id}` of GET /api/v1/sources/{id}. */
export const IntakeParams = z.object({ intakeId: z.string().min(1).max(100) })

/** POST /api/v1/events?name= — the file's name, shown to people; the format is recognised from the bytes alone. */
export const ImportEventsQuery = z.object({ name: z.string().trim().min(1).max(255).default('upload') })
