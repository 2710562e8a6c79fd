import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { apiFetch } from '@/lib/api/client'
import {
  CancelPreviewResponse,
  type ChangeDetectorBody,
  ChangedDetectorResponse,
  CheckExceptionResponse,
  DetectorResponse,
  ListDetectorsResponse,
  PreviewResponse,
  type StartPreviewBody,
  StartPreviewResponse,
} from '@/lib/api/contracts/detectors'
import { statusKeys } from './status'

export const detectorKeys = {
  all: ['detectors'] as const,
  list: ['detectors', 'list'] as const,
  one: (detectorId: string) => ['detectors', 'one', detectorId] as const,
  preview: (detectorId: string, previewId: string) => ['detectors', 'preview', detectorId, previewId] as const,
}

const pathOf = (detectorId: string) => `/detectors/${encodeURIComponent(detectorId)}`
const previewPath = (detectorId: string, previewId: string) => `${pathOf(detectorId)}/previews/${encodeURIComponent(previewId)}`

export const detectorListOptions = () =>
  queryOptions({ queryKey: detectorKeys.list, queryFn: ({ signal }) => apiFetch('/detectors', ListDetectorsResponse, { signal }) })

export const detectorOptions = (detectorId: string) =>
  queryOptions({
    queryKey: detectorKeys.one(detectorId),
    queryFn: ({ signal }) => apiFetch(pathOf(detectorId), DetectorResponse, { signal }),
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
      apiFetch(pathOf(detectorId), ChangedDetectorResponse, { method: 'PATCH', json: body }),
    onSuccess: takeOver,
  })
}

export function useRevertChange(detectorId: string) {
  const takeOver = useTakeOver(detectorId)
  return useMutation({
    mutationFn: ({ changeId, expectedVersion }: { readonly changeId: string; readonly expectedVersion: number }) =>
      apiFetch(`${pathOf(detectorId)}/changes/${encodeURIComponent(changeId)}/revert`, ChangedDetectorResponse, {
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
    queryFn: ({ signal }) => apiFetch('/detectors/check-exception', CheckExceptionResponse, { method: 'POST', json: { kql }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  })

type PreviewOf = z.input<typeof StartPreviewBody>

const POLL_MS = 400

/** One preview at a time: start, watch, cancel. Leaving the page cancels what still runs. */
export function usePreview(detectorId: string) {
  const [started, setStarted] = useState<{ readonly previewId: string; readonly of: PreviewOf } | null>(null)
  const start = useMutation({
    mutationFn: (body: PreviewOf) =>
      apiFetch(`${pathOf(detectorId)}/previews`, StartPreviewResponse, { method: 'POST', json: body }).then(({ previewId }) => ({
        previewId,
        of: body,
      })),
    onSuccess: setStarted,
  })
  const state = useQuery({
    queryKey: detectorKeys.preview(detectorId, started?.previewId ?? ''),
    queryFn: ({ signal }) => apiFetch(previewPath(detectorId, started?.previewId ?? ''), PreviewResponse, { signal }),
    enabled: started !== null,
    retry: false,
    refetchInterval: ({ state: { data, error } }) =>
      error === null && (data === undefined || data.preview.state === 'running') ? POLL_MS : false,
    gcTime: 60_000,
  })
  const view = started === null ? null : (state.data?.preview ?? null)
  const isRunning = start.isPending || (started !== null && state.error === null && (view === null || view.state === 'running'))
  const cancel = () => {
    if (started !== null)
      void apiFetch(previewPath(detectorId, started.previewId), CancelPreviewResponse, { method: 'DELETE' }).catch(() => {})
  }
  useCancelOnLeave(isRunning ? cancel : null)
  return { of: started?.of ?? null, view, isRunning, error: start.error ?? state.error, start: start.mutate, cancel }
}

function useCancelOnLeave(cancel: (() => void) | null): void {
  const latest = useRef(cancel)
  useEffect(() => {
    latest.current = cancel
  })
  useEffect(() => () => latest.current?.(), [])
}
