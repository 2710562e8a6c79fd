/** Every answer; pages get their Content Security Policy from proxy.ts, which knows the nonce. */
const EVERYWHERE = [
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Referrer-Policy', value: 'same-origin' },
]

/** @type {import('next').NextConfig} */
export default {
  reactStrictMode: true,
  poweredByHeader: false,
  typedRoutes: true,
  // `npm test` checks the types of everything, tests and tools included; a start need not wait for that again.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [{ source: '/:path*', headers: EVERYWHERE }],
}
