import { CreateUserBody, ListUsersResponse, UserResponse } from '@/lib/api/contracts/users'
import { defineRoute } from '@/lib/server/route'
import { createUser } from '@/lib/services/users/create-user'
import { listUsers } from '@/lib/services/users/list-users'

export const GET = defineRoute({ response: ListUsersResponse, handle: ({ ctx }) => listUsers(ctx) })

export const POST = defineRoute({
  body: CreateUserBody,
  response: UserResponse,
  status: 201,
  handle: ({ ctx, body }) => createUser(ctx, body),
})
