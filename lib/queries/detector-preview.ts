import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import type { z } from 'zod'
import { apiFetch } from '@/lib/api/client'
import type { CancelPreviewResponse, PreviewResponse, StartPreviewBody, StartPreviewResponse } from '@/lib/api/contracts/detectors'
import { detectorKeys, pathOf } from './detectors'

const previewPath = (detectorId: string, previewId: string) => `${pathOf(detectorId)}/previews/${encodeURIComponent(previewId)}`

type PreviewOf = z.input<typeof StartPreviewBody>

const POLL_MS = 400

/** One preview at a time: start, watch, cancel. Leaving the page cancels what still runs. */
export function usePreview(detectorId: string) {
  const [started, setStarted] = useState<{ readonly previewId: string; readonly of: PreviewOf } | null>(null)
  const start = useMutation({
    mutationFn: (body: PreviewOf) =>
      apiFetch<StartPreviewResponse>(`${pathOf(detectorId)}/previews`, { method: 'POST', json: body }).then(({ previewId }) => ({
        previewId,
        of: body,
      })),
    onSuccess: setStarted,
  })
  const state = useQuery({
    queryKey: detectorKeys.preview(detectorId, started?.previewId ?? ''),
    queryFn: ({ signal }) => apiFetch<PreviewResponse>(previewPath(detectorId, started?.previewId ?? ''), { signal }),
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
      void apiFetch<CancelPreviewResponse>(previewPath(detectorId, started.previewId), { method: 'DELETE' }).catch(() => {})
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
