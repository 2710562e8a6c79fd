import { SuggestEscalationsQuery, SuggestEscalationsResponse } from '@/lib/api/contracts/escalations'
import { defineRoute } from '@/lib/server/route'
import { suggestEscalations } from '@/lib/services/escalations/suggest-escalations'

export const GET = defineRoute({
  query: SuggestEscalationsQuery,
  response: SuggestEscalationsResponse,
  handle: async ({ ctx, query }) => {
    const { matches, standsIn } = await suggestEscalations(ctx, { alarmIds: query.alarm })
    return { matches: matches.map((match) => ({ ...match, because: [...match.because] })), standsIn }
  },
})
