/**
 * What each page makes a browser load, in kilobytes of gzip: the scripts it needs before it can be used, and those it
 * fetches when it has nothing better to do. Needs the production build (`npm run build`).
 *
 *   node bench/page-weight.mjs [--files]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from '@playwright/test'
import { tsImport } from 'tsx/esm/api'
import { findChromium } from '../scripts/run/chromium.mjs'
import { BROWSER_ARGS, startConsole } from './console-server.mjs'

const BUDGETS = { '/alarms': 220 }
const PAGES = ['/alarms', '/alarms?rows=stories', '/alarms/ALM-000000000000', '/events', '/escalations', '/coverage', '/sources', '/users']

/** Longer than a page waits before it uses its idle time. */
const QUIET_MS = 4_000

const kB = (bytes) => Math.round(bytes / 1000)

/** Bytes of a response as a server that compresses sends them. */
const weigh = (bodies) => bodies.reduce((sum, body) => sum + gzipSync(body).length, 0)

async function load(browser, console_, path, idleToo) {
  const context = await browser.newContext({ baseURL: console_.url })
  await context.addCookies(console_.cookies)
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
  const bodies = await Promise.all(scripts.values())
  await context.close()
  if (process.argv.includes('--files'))
    for (const [index, name] of [...scripts.keys()].entries()) console.error(path, kB(gzipSync(bodies[index]).length), name)
  return { files: bodies.length, bytes: weigh(bodies), charts: bodies.some((body) => body.includes('recharts')) }
}

const data = mkdtempSync(join(tmpdir(), 'dowser-page-weight-'))
let server
let browser
try {
  const { seedAlarms } = await tsImport('./console-seed.ts', import.meta.url)
  seedAlarms(data, 200)
  server = await startConsole(data)
  browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: BROWSER_ARGS })
  console.log('| page | files | kB gzip before use | kB gzip with what follows when idle | charts | budget |')
  console.log('|---|---|---|---|---|---|')
  for (const path of PAGES) {
    const first = await load(browser, server, path, false)
    const all = await load(browser, server, path, true)
    const budget = BUDGETS[path]
    const verdict = budget === undefined ? '' : `${budget}: ${kB(first.bytes) <= budget ? 'met' : 'NOT met'}`
    console.log(`| ${path} | ${first.files} | ${kB(first.bytes)} | ${kB(all.bytes)} | ${first.charts ? 'yes' : 'no'} | ${verdict} |`)
  }
} finally {
  await browser?.close()
  await server?.stop()
  rmSync(data, { recursive: true, force: true })
}
