export type ServiceErrorCode =
  | 'not-found'
  | 'conflict'
  | 'forbidden'
  | 'invalid'
  | 'unauthenticated'
  | 'unavailable'
  | 'unknown-format'
  | 'too-many-requests'

/**
 * Seconds after which the engine has room again, as it works them out from what waits.
 *
 * @param error - coded `overloaded`; one without them is of a moment.
 */
export function retryAfterOf(error: unknown): number {
  const seconds = error instanceof Error && 'retryAfterSeconds' in error ? error.retryAfterSeconds : null
  return typeof seconds === 'number' && seconds > 0 ? Math.ceil(seconds) : 1
}

/** A failure the caller caused or can act on. Compare `code`, never the class: bundles do not share it. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError'
  constructor(
    readonly code: ServiceErrorCode,
    message: string,
    /** Bad fields by path, for forms. */
    readonly fields: readonly { readonly path: string; readonly message: string }[] = [],
    /** Extra members of the problem document, e.g. the alarm as it is now. */
    readonly extra: Readonly<Record<string, unknown>> = {},
  ) {
    super(message)
  }
}
