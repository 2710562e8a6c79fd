import { z } from 'zod'
import { allowlistProposalSchema } from '@/lib/domain/allowlist-proposal'

/** GET /api/v1/allowlist/proposals — entries that what was observed speaks for. One is added with POST /api/v1/allowlist. */
export const ListProposalsResponse = z.strictObject({ proposals: z.array(allowlistProposalSchema) })
export type ListProposalsResponse = z.infer<typeof ListProposalsResponse>

/** POST /api/v1/allowlist/proposals/dismiss */
export const DismissProposalBody = z.strictObject({ domain: z.string().min(1).max(1_000) })
export const DismissProposalResponse = z.strictObject({ domain: z.string(), putAside: z.number(), byName: z.string(), at: z.number() })

export type DismissProposalResponse = z.infer<typeof DismissProposalResponse>
