import { apiFetch } from '@/lib/api/client'
import type { LookResponse } from '@/lib/api/contracts/presence'

/** One tab's sign of life; the answer says what others have open. */
export const look = (tabId: string, subject: string | null): Promise<LookResponse> =>
  apiFetch<LookResponse>('/presence', { method: 'POST', json: { tabId, subject } })
