import { UpdateUserBody, UserParams, UserResponse } from '@/lib/api/contracts/users'
import { defineRoute } from '@/lib/server/route'
import { updateUser } from '@/lib/services/users/update-user'

export const PATCH = defineRoute({
  params: UserParams,
  body: UpdateUserBody,
  response: UserResponse,
  handle: ({ ctx, params, body }) => updateUser(ctx, { ...params, ...body }),
})
