import { AcceptLogResponse } from '@/lib/api/contracts/log-sources'
import { ImportEventsQuery, IntakeResponse } from '@/lib/api/contracts/sources'
import { acceptLog } from '@/lib/server/log-intake'
import { definePublicRoute, defineRoute } from '@/lib/server/route'
import { importEvents } from '@/lib/services/events/import-events'

/** Any number of bytes: they go to the engine as they come and at its pace; nothing is collected here. */
const importUpload = defineRoute({
  query: ImportEventsQuery,
  response: IntakeResponse,
  handle: ({ ctx, query, request }) =>
    importEvents(ctx, {
      bytes: request.body ?? new ReadableStream({ start: (controller) => controller.close() }),
      meta: { via: 'upload', name: query.name, bytesTotal: lengthOf(request) },
    }),
})

const deliver = definePublicRoute({ response: AcceptLogResponse, handle: ({ request }) => acceptLog(request) })

/** A person uploads a file, which is imported and analysed as a whole; a program with a key adds to its log source. */
export const POST: typeof importUpload = (request, route) => (hasKey(request) ? deliver(request, route) : importUpload(request, route))

/** A proxy in front may ask people for a password as well; their browsers send a cookie beside it. */
const hasKey = ({ headers }: Request): boolean => headers.has('authorization') && !headers.has('cookie')

function lengthOf(request: Request): number | null {
  const header = request.headers.get('content-length')
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : null
}
