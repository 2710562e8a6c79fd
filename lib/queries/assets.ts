import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { apiFetch } from '@/lib/api/client'
import {
  ImportAssetsResponse,
  ListAssetsResponse,
  RemoveAssetResponse,
  type SaveAssetBody,
  SaveAssetResponse,
} from '@/lib/api/contracts/assets'

export const assetKeys = { all: ['assets'] as const }

export const assetListOptions = () =>
  queryOptions({ queryKey: assetKeys.all, queryFn: ({ signal }) => apiFetch('/assets', ListAssetsResponse, { signal }) })

export function useSaveAsset() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: z.infer<typeof SaveAssetBody>) => apiFetch('/assets', SaveAssetResponse, { method: 'POST', json: body }),
    onSuccess: () => client.invalidateQueries({ queryKey: assetKeys.all }),
  })
}

export function useRemoveAsset() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (key: string) => apiFetch(`/assets?key=${encodeURIComponent(key)}`, RemoveAssetResponse, { method: 'DELETE' }),
    onSettled: () => client.invalidateQueries({ queryKey: assetKeys.all }),
  })
}

export function useImportAssets() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: { readonly csv: string; readonly dryRun: boolean }) =>
      apiFetch('/assets/import', ImportAssetsResponse, { method: 'POST', json: body }),
    onSuccess: ({ stored }) => (stored ? client.invalidateQueries({ queryKey: assetKeys.all }) : undefined),
  })
}
