import { RemoveDemoResponse } from '@/lib/api/contracts/status'
import { defineRoute } from '@/lib/server/route'
import { removeDemo } from '@/lib/services/demo/remove-demo'

export const DELETE = defineRoute({ response: RemoveDemoResponse, handle: ({ ctx }) => removeDemo(ctx) })
