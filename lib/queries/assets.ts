import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { apiFetch } from '@/lib/api/client'
import type {
  ImportAssetsResponse,
  ListAssetsResponse,
  RemoveAssetResponse,
  SaveAssetBody,
  SaveAssetResponse,
} from '@/lib/api/contracts/assets'

export const assetKeys = { all: ['assets'] as const }

export const assetListOptions = () =>
  queryOptions({ queryKey: assetKeys.all, queryFn: ({ signal }) => apiFetch<ListAssetsResponse>('/assets', { signal }) })

export function useSaveAsset() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.infer<typeof SaveAssetBody>) => apiFetch<SaveAssetResponse>('/assets', { method: 'POST', json: body }),
    onSuccess: () => client.invalidateQueries({ queryKey: assetKeys.all }),
  })
}

export function useRemoveAsset() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (key: string) => apiFetch<RemoveAssetResponse>(`/assets?key=${encodeURIComponent(key)}`, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: assetKeys.all }),
  })
}

export function useImportAssets() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { readonly csv: string; readonly dryRun: boolean }) =>
      apiFetch<ImportAssetsResponse>('/assets/import', { method: 'POST', json: body }),
    onSuccess: ({ stored }) => (stored ? client.invalidateQueries({ queryKey: assetKeys.all }) : undefined),
  })
}
