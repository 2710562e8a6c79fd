import { CheckExceptionBody, CheckExceptionResponse } from '@/lib/api/contracts/detectors'
import { defineRoute } from '@/lib/server/route'
import { checkException } from '@/lib/services/detectors/check-exception'

export const POST = defineRoute({
  body: CheckExceptionBody,
  response: CheckExceptionResponse,
  handle: ({ ctx, body }) => checkException(ctx, body),
})
