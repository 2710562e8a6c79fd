import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { z } from 'zod'
import { apiFetch } from '@/lib/api/client'
import type { CreateUserBody, ListUsersResponse, UpdateUserBody, UserResponse } from '@/lib/api/contracts/users'

export const userKeys = { all: ['users'] as const }

export const userListOptions = () =>
  queryOptions({ queryKey: userKeys.all, queryFn: ({ signal }) => apiFetch<ListUsersResponse>('/users', { signal }) })

export function useCreateUser() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (body: CreateUserBody) => apiFetch<UserResponse>('/users', { method: 'POST', json: body }),
    onSuccess: () => client.invalidateQueries({ queryKey: userKeys.all }),
  })
}

export function useUpdateUser() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ userId, change }: { readonly userId: string; readonly change: z.input<typeof UpdateUserBody> }) =>
      apiFetch<UserResponse>(`/users/${encodeURIComponent(userId)}`, { method: 'PATCH', json: change }),
    onSettled: () => client.invalidateQueries({ queryKey: userKeys.all }),
  })
}
