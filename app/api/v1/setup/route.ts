import { SetupBody, UserResponse } from '@/lib/api/contracts/users'
import { definePublicRoute } from '@/lib/server/route'
import { setUp } from '@/lib/server/set-up'

export const POST = definePublicRoute({ body: SetupBody, response: UserResponse, status: 201, handle: ({ body }) => setUp(body) })
