import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { apiFetch } from '@/lib/api/client'
import type { AllowlistDraft } from '@/lib/api/contracts/alarms'
import type {
  AllowlistEntryResponse,
  CheckNameResponse,
  ListAllowlistResponse,
  PreviewAllowlistBody,
  PreviewAllowlistResponse,
} from '@/lib/api/contracts/allowlist'
import { statusKeys } from './status'

export const allowlistKeys = {
  all: ['allowlist'] as const,
  list: (removed: boolean) => ['allowlist', 'list', removed] as const,
  preview: (draft: PreviewAllowlistBody) => ['allowlist', 'preview', draft] as const,
  check: (name: string) => ['allowlist', 'check', name] as const,
}

export const allowlistOptions = (removed: boolean) =>
  queryOptions({
    queryKey: allowlistKeys.list(removed),
    queryFn: ({ signal }) => apiFetch<ListAllowlistResponse>(`/allowlist${removed ? '?removed=true' : ''}`, { signal }),
    placeholderData: keepPreviousData,
  })

/** What an entry would hide. Judged by the server, with the predicate that decides afterwards. */
export const allowlistPreviewOptions = (draft: PreviewAllowlistBody, enabled: boolean) =>
  queryOptions({
    queryKey: allowlistKeys.preview(draft),
    queryFn: ({ signal }) => apiFetch<PreviewAllowlistResponse>('/allowlist/preview', { method: 'POST', json: draft, signal }),
    enabled,
    staleTime: 5_000,
    retry: false,
  })

/** Which entry decides about a name. */
export const allowlistCheckOptions = (name: string) =>
  queryOptions({
    queryKey: allowlistKeys.check(name),
    queryFn: ({ signal }) => apiFetch<CheckNameResponse>(`/allowlist/check?name=${encodeURIComponent(name)}`, { signal }),
    enabled: name !== '',
    retry: false,
  })

// Keys of lists an entry changes; written out, because alarms are another page's queries.
const AFFECTED = [['allowlist'], ['alarms'], ['coverage'], statusKeys.all] as const

function useInvalidateAffected() {
  const client = useQueryClient()
  return () => Promise.all(AFFECTED.map((queryKey) => client.invalidateQueries({ queryKey })))
}

export function useAddAllowlistEntry() {
  const invalidate = useInvalidateAffected()
  return useMutation({
    mutationFn: (draft: AllowlistDraft) => apiFetch<AllowlistEntryResponse>('/allowlist', { method: 'POST', json: draft }),
    onSuccess: () => invalidate(),
  })
}

export function useRemoveAllowlistEntry() {
  const invalidate = useInvalidateAffected()
  return useMutation({
    mutationFn: (entryId: string) => apiFetch<AllowlistEntryResponse>(`/allowlist/${encodeURIComponent(entryId)}`, { method: 'DELETE' }),
    onSuccess: () => invalidate(),
  })
}
