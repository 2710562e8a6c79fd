import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { ListKeptResponse, ReadAgainBody, ReadAgainResponse } from '@/lib/api/contracts/rejects'
import { logSourceKeys } from './log-sources'
import { sourceKeys } from './sources'

const KEPT = ['rejects', 'kept'] as const

/** What is kept of rejected records, by owner. */
export const keptRejectsOptions = () =>
  queryOptions({
    queryKey: KEPT,
    queryFn: ({ signal }) => apiFetch<ListKeptResponse>('/rejects', { signal }),
    staleTime: 10_000,
  })

export function useReadAgain() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: ReadAgainBody) => apiFetch<ReadAgainResponse>('/rejects/read-again', { method: 'POST', json: body }),
    onSettled: () =>
      Promise.all([KEPT, sourceKeys.all, logSourceKeys.all, ['alarms']].map((queryKey) => client.invalidateQueries({ queryKey }))),
  })
}
