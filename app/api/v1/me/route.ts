import { RenameMeBody } from '@/lib/api/contracts/account'
import { MeResponse } from '@/lib/api/contracts/users'
import { defineRoute } from '@/lib/server/route'
import { renameMe } from '@/lib/services/account/rename-me'
import { getMe } from '@/lib/services/users/get-me'

export const GET = defineRoute({ response: MeResponse, handle: ({ ctx }) => getMe(ctx) })

export const PATCH = defineRoute({ body: RenameMeBody, response: MeResponse, handle: ({ ctx, body }) => renameMe(ctx, body) })
