import { elastic } from '@/lib/server/elastic'

/** Bodies are read at the pace of their checks and never kept by Next.js: no proxy matches these paths. */
export const dynamic = 'force-dynamic'

async function answer(request: Request, { params }: { readonly params: Promise<{ readonly path?: string[] }> }): Promise<Response> {
  const { path } = await params
  return elastic()(request, path ?? [])
}

export { answer as DELETE, answer as GET, answer as HEAD, answer as POST, answer as PUT }
