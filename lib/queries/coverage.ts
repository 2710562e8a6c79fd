import { queryOptions } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { CoverageResponse } from '@/lib/api/contracts/coverage'

export const coverageKeys = { all: ['coverage'] as const }

export const coverageOptions = () =>
  queryOptions({ queryKey: coverageKeys.all, queryFn: ({ signal }) => apiFetch<CoverageResponse>('/coverage', { signal }) })
