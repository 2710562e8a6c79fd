import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { DismissProposalResponse, ListProposalsResponse } from '@/lib/api/contracts/allowlist-proposals'

/** Under the allowlist's own key: adding or removing an entry changes what is proposed. */
const KEY = ['allowlist', 'proposals'] as const

export const proposalsOptions = () =>
  queryOptions({ queryKey: KEY, queryFn: ({ signal }) => apiFetch<ListProposalsResponse>('/allowlist/proposals', { signal }) })

export function useDismissProposal() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (domain: string) => apiFetch<DismissProposalResponse>('/allowlist/proposals/dismiss', { method: 'POST', json: { domain } }),
    onSuccess: () => client.invalidateQueries({ queryKey: KEY }),
  })
}
