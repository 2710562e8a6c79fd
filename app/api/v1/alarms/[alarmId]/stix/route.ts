import { AlarmParams } from '@/lib/api/contracts/alarms'
import { StixResponse } from '@/lib/api/contracts/stix'
import { defineRoute } from '@/lib/server/route'
import { exportStix } from '@/lib/services/alarms/export-stix'

export const GET = defineRoute({
  params: AlarmParams,
  response: StixResponse,
  handle: async ({ ctx, params }) => {
    const { objects, ...bundle } = await exportStix(ctx, params)
    return { ...bundle, objects: [...objects] }
  },
})
