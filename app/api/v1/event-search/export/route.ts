import { EventFilterQuery } from '@/lib/api/contracts/event-search'
import { fieldsOf, problemResponse, toProblem } from '@/lib/api/problem'
import { requireRouteContext } from '@/lib/server/require-context'
import { ServiceError } from '@/lib/services/errors'
import { exportEvents } from '@/lib/services/events-search/export-events'

/** A file instead of JSON, written while it is read. */
export async function GET(request: Request): Promise<Response> {
  try {
    const ctx = await requireRouteContext(request)
    const query = EventFilterQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams))
    if (!query.success) throw new ServiceError('invalid', 'The filter is not valid.', fieldsOf(query.error))
    const { pieces } = await exportEvents(ctx, query.data)
    return new Response(streamOf(pieces), {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="dowser-events.csv"',
        'cache-control': 'private, no-store',
      },
    })
  } catch (error) {
    return problemResponse(toProblem(error, crypto.randomUUID()))
  }
}

function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(encoder.encode(value))
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}
