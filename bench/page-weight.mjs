/**
 * What each page makes a browser load, in kilobytes of gzip: the scripts it needs before it can be used, and those it
 * fetches when it has nothing better to do. Needs the production build (`npm run build`).
 *
 *   node bench/page-weight.mjs [--files]
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from '@playwright/test'
import { tsImport } from 'tsx/esm/api'
import { findChromium } from '../scripts/run/chromium.mjs'
import { BROWSER_ARGS, startConsole } from './console-server.mjs'
import { scriptsOf } from './page-scripts.mjs'

const BUDGETS = { '/alarms': 220 }
const PAGES = ['/alarms', '/alarms?rows=stories', '/alarms/ALM-000000000000', '/events', '/escalations', '/coverage', '/sources', '/users']

const kB = (bytes) => Math.round(bytes / 1000)

async function load(path, idleToo) {
  const scripts = await scriptsOf(browser, server, path, idleToo)
  if (process.argv.includes('--files')) for (const { name, bytes } of scripts.files) console.error(path, kB(bytes), name)
  return scripts
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
    const first = await load(path, false)
    const all = await load(path, true)
    const budget = BUDGETS[path]
    const verdict = budget === undefined ? '' : `${budget}: ${kB(first.bytes) <= budget ? 'met' : 'NOT met'}`
    console.log(`| ${path} | ${first.files.length} | ${kB(first.bytes)} | ${kB(all.bytes)} | ${first.charts ? 'yes' : 'no'} | ${verdict} |`)
  }
} finally {
  await browser?.close()
  await server?.stop()
  rmSync(data, { recursive: true, force: true })
}
