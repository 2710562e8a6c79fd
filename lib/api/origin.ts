import { ServiceError } from '@/lib/services/errors'

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Stops a foreign page from acting with a visitor's cookie (OWASP CSRF cheat sheet, "verifying origin with standard headers").
 * A call without cookie and without Origin is no browser page and is left to authentication.
 *
 * @throws ServiceError `forbidden` naming the origin.
 */
export function refuseForeignOrigin(request: Request, trusted: readonly string[]): void {
  if (SAFE_METHODS.has(request.method)) return
  const origin = request.headers.get('origin')
  if (origin === null) {
    if (!request.headers.has('cookie')) return
    throw new ServiceError('forbidden', 'A change made with a session cookie must carry an Origin header.')
  }
  if (!trusted.includes(origin)) {
    throw new ServiceError(
      'forbidden',
      `The origin ${origin} is not one of this server's addresses. Set DOWSER_URL to the address you use.`,
    )
  }
}
