import { z } from 'zod'

const subject = z.string().regex(/^(?:alarm|escalation):[\w-]{1,100}$/)

/** POST /api/v1/presence — one tab's sign of life, every ten seconds; gone after half a minute without one. */
export const LookBody = z.strictObject({ tabId: z.string().min(1).max(100), subject: subject.nullable() })
export const LookResponse = z.strictObject({
  /** What others have open. */
  looked: z.array(z.strictObject({ subject, people: z.array(z.strictObject({ userId: z.string(), name: z.string() })) })),
})
export type LookResponse = z.infer<typeof LookResponse>
