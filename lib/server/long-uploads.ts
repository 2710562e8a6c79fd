import { subscribe } from 'node:diagnostics_channel'
import type { Server } from 'node:http'

/**
 * Node ends a request whose body has not arrived after five minutes. A log of many gigabytes comes in at the engine's pace
 * and takes longer; headers keep Node's own minute.
 */
const REQUEST_TIMEOUT_MS = 6 * 3_600_000

/** Gives bodies time. Next hands out no server, so the first request names it. */
export function allowLongUploads(): void {
  subscribe('http.server.request.start', (message) => {
    const { server } = message as { readonly server: Server }
    if (server.requestTimeout !== REQUEST_TIMEOUT_MS) server.requestTimeout = REQUEST_TIMEOUT_MS
  })
}
