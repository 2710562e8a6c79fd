import { EscalationParams, HandoverQuery } from '@/lib/api/contracts/escalations'
import { fieldsOf, problemResponse, toProblem } from '@/lib/api/problem'
import { logger } from '@/lib/server/logger'
import { requireRouteContext } from '@/lib/server/require-context'
import { ServiceError } from '@/lib/services/errors'
import { handOver } from '@/lib/services/escalations/hand-over'

interface HandoverRoute {
  readonly params: Promise<{ readonly escalationId: string }>
}

/** A file instead of JSON. */
export async function GET(request: Request, { params }: HandoverRoute): Promise<Response> {
  const requestId = crypto.randomUUID()
  try {
    const ctx = await requireRouteContext(request)
    const input = EscalationParams.extend(HandoverQuery.shape).safeParse({
      ...Object.fromEntries(new URL(request.url).searchParams),
      ...(await params),
    })
    if (!input.success) throw new ServiceError('invalid', 'The hand-over asked for is not valid.', fieldsOf(input.error))
    const { name, type, bytes } = await handOver(ctx, input.data)
    return new Response(new Uint8Array(bytes), {
      headers: {
        'content-type': type,
        // The name is made of an id, which holds letters, digits and a hyphen.
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-store',
        'x-request-id': requestId,
      },
    })
  } catch (error) {
    const problem = toProblem(error, requestId)
    if (problem.status >= 500) logger.error('hand-over failed', { requestId, cause: error })
    return problemResponse(problem)
  }
}
