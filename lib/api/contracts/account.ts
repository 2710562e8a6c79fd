import { z } from 'zod'
import { accountSessionSchema } from '@/lib/domain/account-session'
import { userNameSchema } from '@/lib/domain/user-fields'

/** PATCH /api/v1/me */
export const RenameMeBody = z.strictObject({ name: userNameSchema })

/** GET /api/v1/me/sessions — last seen first. */
export const MySessionsResponse = z.strictObject({ sessions: z.array(accountSessionSchema) })

/** DELETE /api/v1/me/sessions/{id}; `others` for all but the one that asks. */
export const MySessionParams = z.object({ sessionId: z.string().min(1).max(100) })
export const EndSessionsResponse = z.strictObject({ ended: z.number() })
export type MySessionsResponse = z.infer<typeof MySessionsResponse>
export type EndSessionsResponse = z.infer<typeof EndSessionsResponse>
