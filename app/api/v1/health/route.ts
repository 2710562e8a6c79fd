export const dynamic = 'force-dynamic'

/** Liveness for supervisors: this process answers. No sign-in, and nothing about the data. */
export function GET(): Response {
  return Response.json({ ok: true }, { headers: { 'cache-control': 'no-store' } })
}
