/** Every answer; pages get their Content Security Policy from proxy.ts, which knows the nonce. */
const EVERYWHERE = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
]

/** A browser asks for HTML or says where from it asks; Next.js's own navigation sends `rsc`. Everything else is a program. */
const NO_BROWSER = [
  { type: 'header', key: 'accept', value: '.*text/html.*' },
  { type: 'header', key: 'rsc' },
  { type: 'header', key: 'sec-fetch-site' },
]

/**
 * Where clients of Elasticsearch send: the root, paths that begin with `_`, and what stands below or is the name of an index.
 * Pages and `/_next` stay what they are.
 */
const ELASTIC = [
  { source: '/', destination: '/api/elastic', missing: NO_BROWSER },
  { source: '/:call(_(?!next)[^/]*)/:rest*', destination: '/api/elastic/:call/:rest*' },
  {
    source: '/:index/:call(_bulk|_doc|_create|_alias|_settings|_mapping|_refresh|_rollover)/:rest*',
    destination: '/api/elastic/:index/:call/:rest*',
  },
  { source: '/:index([^/]+)', destination: '/api/elastic/:index', has: [{ type: 'header', key: 'authorization' }], missing: NO_BROWSER },
]

/** Set by Next before it reads this file. */
const isDevelopment = process.env.NODE_ENV === 'development'

/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  // `page.dev.tsx` is a page while developing; a build does not take it for one, so it has neither its route nor its code.
  pageExtensions: isDevelopment ? ['dev.tsx', 'tsx', 'ts'] : ['tsx', 'ts'],
  // It finds files of its own beside its code.
  serverExternalPackages: ['pdfkit'],
  // `npm test` checks the types of everything, tests and tools included; a start need not wait for that again.
  typescript: { ignoreBuildErrors: true },
  rewrites: async () => ({ beforeFiles: ELASTIC }),
  headers: async () => [{ source: '/:path*', headers: EVERYWHERE }],
}
