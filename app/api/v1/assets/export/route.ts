import { problemResponse, toProblem } from '@/lib/api/problem'
import { requireRouteContext } from '@/lib/server/require-context'
import { exportAssets } from '@/lib/services/assets/export-assets'

/** A file instead of JSON. */
export async function GET(request: Request): Promise<Response> {
  try {
    const { csv } = await exportAssets(await requireRouteContext(request))
    // With a byte-order mark spreadsheets read it as UTF-8.
    return new Response(`\uFEFF${csv}`, {
      headers: {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="dowser-assets.csv"',
        'cache-control': 'private, no-store',
      },
    })
  } catch (error) {
    return problemResponse(toProblem(error, crypto.randomUUID()))
  }
}
