import { environmentManager, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError } from '@/lib/api/client'

/** Dispatched on `window` when the server no longer knows the session. */
export const SESSION_ENDED = 'dowser:session-ended'

function announceSessionEnd(error: unknown): void {
  if (error instanceof ApiError && error.status === 401) window.dispatchEvent(new Event(SESSION_ENDED))
}

/** A refusal stays a refusal; only a lost connection or a server that is starting is worth asking again. */
const worthRetrying = (failures: number, error: unknown): boolean =>
  failures < 2 && (!(error instanceof ApiError) || error.status === 0 || error.status >= 500)

function createQueryClient(): QueryClient {
  return new QueryClient({
    queryCache: new QueryCache({ onError: announceSessionEnd }),
    mutationCache: new MutationCache({ onError: announceSessionEnd }),
    defaultOptions: { queries: { staleTime: 30_000, retry: worthRetrying } },
  })
}

let browserClient: QueryClient | undefined

/** One client for each request on the server, so that no one sees another's data; one for the whole tab in the browser. */
export function queryClient(): QueryClient {
  if (environmentManager.isServer()) return new QueryClient({ defaultOptions: { queries: { staleTime: 30_000, retry: false } } })
  browserClient ??= createQueryClient()
  return browserClient
}
