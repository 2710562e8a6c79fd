import { queryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { IntakeResponse, ListSourcesResponse } from '@/lib/api/contracts/sources'
import type { Intake } from '@/lib/domain/intake'

export const sourceKeys = {
  all: ['sources'] as const,
  list: ['sources', 'list'] as const,
  detail: (intakeId: string) => ['sources', 'detail', intakeId] as const,
}

const underWay = (intake: Intake): boolean => intake.state === 'receiving' || intake.state === 'analysing'

/** Everything that came in, newest first; asked every 2 s while something is under way. */
export const sourceListOptions = () =>
  queryOptions({
    queryKey: sourceKeys.list,
    queryFn: ({ signal }) => apiFetch<ListSourcesResponse>('/sources', { signal }),
    refetchInterval: (query) => (query.state.data?.intakes.some(underWay) ? 2_000 : 30_000),
  })

/** One way in, until it is done or has failed. */
export const intakeOptions = (intakeId: string) =>
  queryOptions({
    queryKey: sourceKeys.detail(intakeId),
    queryFn: ({ signal }) => apiFetch<IntakeResponse>(`/sources/${encodeURIComponent(intakeId)}`, { signal }),
    refetchInterval: (query) => (query.state.data && !underWay(query.state.data.intake) ? false : 1_000),
  })
