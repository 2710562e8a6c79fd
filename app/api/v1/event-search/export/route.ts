import { EventFilterQuery } from '@/lib/api/contracts/event-search'
import { defineCsvRoute } from '@/lib/server/csv-route'
import { exportEvents } from '@/lib/services/events-search/export-events'

export const GET = defineCsvRoute({
  query: EventFilterQuery,
  fileName: 'dowser-events.csv',
  handle: ({ ctx, query }) => exportEvents(ctx, query),
})
