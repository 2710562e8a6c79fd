import { AcceptLogResponse } from '@/lib/api/contracts/log-sources'
import { acceptLog } from '@/lib/server/log-intake'
import { definePublicRoute } from '@/lib/server/route'

/** For senders, not for people: the key of a log source of the kind `api` stands for a session. */
export const POST = definePublicRoute({ response: AcceptLogResponse, handle: ({ request }) => acceptLog(request) })
