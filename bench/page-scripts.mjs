import { gzipSync } from 'node:zlib'

/** Longer than a page waits before it uses its idle time. */
const QUIET_MS = 4_000

/**
 * The scripts that a page makes a fresh browser load.
 *
 * @param {boolean} idleToo - also what it fetches when it has nothing better to do.
 * @returns each file's address and bytes as a server that compresses sends them, and whether the charts' library is among them.
 */
export async function scriptsOf(browser, server, path, idleToo) {
  const context = await browser.newContext({ baseURL: server.url })
  await context.addCookies(server.cookies)
  const page = await context.newPage()
  if (!idleToo) await page.addInitScript(() => Object.assign(window, { requestIdleCallback: () => 0 }))
  const scripts = new Map()
  page.on('response', (response) => {
    const url = new URL(response.url())
    if (url.pathname.endsWith('.js'))
      scripts.set(
        url.pathname,
        response.body().catch(() => Buffer.alloc(0)),
      )
  })
  await page.goto(path, { waitUntil: 'networkidle' })
  await page.waitForTimeout(QUIET_MS)
  const names = [...scripts.keys()]
  const bodies = await Promise.all(scripts.values())
  await context.close()
  const files = bodies.map((body, index) => ({ name: names[index], bytes: gzipSync(body).length }))
  return {
    files,
    bytes: files.reduce((sum, file) => sum + file.bytes, 0),
    charts: bodies.some((body) => body.includes('recharts')),
  }
}
