import { ApiError } from '@/lib/api/client'

/** What a page may say about a failed request. */
export interface Failure {
  /** HTTP status; 0 when no answer came. */
  readonly status: number
  /** `forbidden`, `conflict`, `network`, … */
  readonly code: string
  readonly detail: string
  readonly requestId: string | null
  /** Message by field path, for forms. */
  readonly fields: Readonly<Record<string, string>>
}

/** Reads anything thrown by a query or mutation. */
export function failureOf(error: unknown): Failure {
  if (!(error instanceof ApiError)) {
    return { status: 0, code: 'unknown', detail: error instanceof Error ? error.message : 'Something failed.', requestId: null, fields: {} }
  }
  return {
    status: error.status,
    code: error.code,
    detail: error.message,
    requestId: error.problem.requestId ?? null,
    fields: Object.fromEntries((error.problem.errors ?? []).map(({ path, message }) => [path, message])),
  }
}
