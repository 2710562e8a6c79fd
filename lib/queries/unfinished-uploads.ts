import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { discardUpload, listUploads } from './upload'

export const unfinishedKey = ['uploads'] as const

/** Uploads of this person that are not finished, from this page or another. */
export const unfinishedUploadsOptions = () =>
  queryOptions({
    queryKey: unfinishedKey,
    queryFn: async ({ signal }) => (await listUploads(signal)).uploads.filter(({ state }) => state === 'open' || state === 'reading'),
    refetchInterval: (query) => (query.state.data?.some(({ state }) => state === 'reading') ? 2_000 : 30_000),
  })

export function useDiscardUpload() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => discardUpload(id),
    onSettled: () => client.invalidateQueries({ queryKey: unfinishedKey }),
  })
}
