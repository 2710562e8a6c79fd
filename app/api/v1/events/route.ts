import { ImportEventsQuery, IntakeResponse } from '@/lib/api/contracts/sources'
import { deliverEvents, hasIntakeKey } from '@/lib/server/keyed-events'
import { defineRoute } from '@/lib/server/route'
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

/** A person uploads a file, which is imported and analysed as a whole; a program with a key adds to its log source. */
export const POST: typeof importUpload = (request, route) => (hasIntakeKey(request) ? deliverEvents(request) : importUpload(request, route))

function lengthOf(request: Request): number | null {
  const header = request.headers.get('content-length')
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : null
}
