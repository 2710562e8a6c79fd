import type { z } from 'zod'
import { fieldsOf, problemResponse, toProblem } from '@/lib/api/problem'
import type { ServiceContext } from '@/lib/services/context'
import { ServiceError } from '@/lib/services/errors'
import { requireRouteContext } from './require-context'

interface CsvRoute<Query extends z.ZodType> {
  readonly query: Query
  /** As the browser saves it; plain ASCII. */
  readonly fileName: string
  /** Checks the right before it answers; the pieces are read as fast as the reader takes them. */
  readonly handle: (input: { readonly ctx: ServiceContext; readonly query: z.output<Query> }) => Promise<{ pieces: AsyncGenerator<string> }>
}

/** A route that answers with a CSV file, written while it is read; what fails before the first piece is a problem document. */
export const defineCsvRoute =
  <Query extends z.ZodType>({ query, fileName, handle }: CsvRoute<Query>) =>
  async (request: Request): Promise<Response> => {
    try {
      const ctx = await requireRouteContext(request)
      const asked = query.safeParse(Object.fromEntries(new URL(request.url).searchParams))
      if (!asked.success) throw new ServiceError('invalid', 'The filter is not valid.', fieldsOf(asked.error))
      const { pieces } = await handle({ ctx, query: asked.data })
      return new Response(streamOf(pieces), {
        headers: {
          'content-type': 'text/csv; charset=utf-8',
          'content-disposition': `attachment; filename="${fileName}"`,
          'cache-control': 'private, no-store',
        },
      })
    } catch (error) {
      return problemResponse(toProblem(error, crypto.randomUUID()))
    }
  }

/** Text as bytes, a piece whenever the reader wants one; a reader that goes away ends the reading. */
export function streamOf(pieces: AsyncGenerator<string>): ReadableStream<Uint8Array> {
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
