import { type NextRequest, NextResponse } from 'next/server'

/** Chart and virtual rows place themselves with style attributes; everything else runs by nonce or not at all. */
function contentSecurityPolicy(nonce: string, isDevelopment: boolean): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    isDevelopment ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Adds headers to pages. It decides nothing about who may see what: pages and routes do. */
export function proxy(request: NextRequest): NextResponse {
  const nonce = btoa(crypto.randomUUID())
  // biome-ignore lint/style/noProcessEnv: Next replaces it at build time; it is no setting
  const policy = contentSecurityPolicy(nonce, process.env.NODE_ENV === 'development')
  const headers = new Headers(request.headers)
  // Next reads the nonce from the request's policy; the layout from x-nonce; the sign-in redirect its way back.
  headers.set('content-security-policy', policy)
  headers.set('x-nonce', nonce)
  headers.set('x-dowser-path', request.nextUrl.pathname + request.nextUrl.search)
  const response = NextResponse.next({ request: { headers } })
  response.headers.set('content-security-policy', policy)
  response.headers.set('cross-origin-opener-policy', 'same-origin')
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()')
  return response
}

// Never a path that takes bodies: a proxy cuts them at 10 MB and the route would not notice. So no /api, and no path with
// a segment that begins with "_" (Next's own files).
export const config = { matcher: [{ source: '/((?!api/|_|.*/_|favicon.ico).*)' }] }
