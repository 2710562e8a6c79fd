import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { apiFetch } from '@/lib/api/client'
import type {
  ChangeDetectorBody,
  ChangedDetectorResponse,
  CheckExceptionResponse,
  DetectorResponse,
  ListDetectorsResponse,
} from '@/lib/api/contracts/detectors'
import { statusKeys } from './status'

export const detectorKeys = {
  all: ['detectors'] as const,
  list: ['detectors', 'list'] as const,
  one: (detectorId: string) => ['detectors', 'one', detectorId] as const,
  preview: (detectorId: string, previewId: string) => ['detectors', 'preview', detectorId, previewId] as const,
}

export const pathOf = (detectorId: string) => `/detectors/${encodeURIComponent(detectorId)}`

export const detectorListOptions = () =>
  queryOptions({ queryKey: detectorKeys.list, queryFn: ({ signal }) => apiFetch<ListDetectorsResponse>('/detectors', { signal }) })

export const detectorOptions = (detectorId: string) =>
  queryOptions({
    queryKey: detectorKeys.one(detectorId),
    queryFn: ({ signal }) => apiFetch<DetectorResponse>(pathOf(detectorId), { signal }),
  })

function useTakeOver(detectorId: string) {
  const client = useQueryClient()
  return ({ detector }: z.infer<typeof ChangedDetectorResponse>) => {
    client.setQueryData(detectorKeys.one(detectorId), { detector })
    void client.invalidateQueries({ queryKey: detectorKeys.list })
    void client.invalidateQueries({ queryKey: statusKeys.all })
  }
}

export function useChangeDetector(detectorId: string) {
  const takeOver = useTakeOver(detectorId)
  return useMutation({
    mutationFn: (body: z.input<typeof ChangeDetectorBody>) =>
      apiFetch<ChangedDetectorResponse>(pathOf(detectorId), { method: 'PATCH', json: body }),
    onSuccess: takeOver,
  })
}

export function useRevertChange(detectorId: string) {
  const takeOver = useTakeOver(detectorId)
  return useMutation({
    mutationFn: ({ changeId, expectedVersion }: { readonly changeId: string; readonly expectedVersion: number }) =>
      apiFetch<ChangedDetectorResponse>(`${pathOf(detectorId)}/changes/${encodeURIComponent(changeId)}/revert`, {
        method: 'POST',
        json: { expectedVersion },
      }),
    onSuccess: takeOver,
  })
}

/** Why a query cannot be an exception; judged by the parser that will run it. */
export const exceptionCheckOptions = (kql: string) =>
  queryOptions({
    queryKey: ['detectors', 'check-exception', kql],
    queryFn: ({ signal }) => apiFetch<CheckExceptionResponse>('/detectors/check-exception', { method: 'POST', json: { kql }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })
