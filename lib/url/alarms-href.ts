import type { Route } from 'next'
import { type AlarmsSearchParams, serializeAlarmsSearchParams } from './alarms-search-params'

/** Address of the alarm queue under a filter; what equals the queue's default is left out. */
export const alarmsHref = (filter: Partial<AlarmsSearchParams>): Route =>
  // A static route with a query is a route; the compiler cannot see it through the serializer's string.
  `/alarms${serializeAlarmsSearchParams(filter)}` as Route
