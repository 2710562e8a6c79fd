/**
 * The console's budgets, measured: the production build on a made-up store, the API by its own clock, the pages in
 * Chromium. Needs `npm run build`; cleans up after itself. Prints a table and, last, how many budgets are met.
 *
 *   npx tsx bench/console.ts [--alarms 100000] [--events 5000000] [--rounds 20] [--data FOLDER] [--only api,loads,queue,live,bulk]
 *
 * With --data a store that was seeded before is used again (and kept); it must not have a user yet.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { findChromium } from '../scripts/run/chromium.mjs'
import { measureApi, measureBulk, measureDecisions } from './console-api'
import { measureInteractions } from './console-interactions'
import { measureLoads, measureScripts } from './console-loads'
import type { ConsoleServer } from './console-pages'
import { measureDecisionsSeen, measureFilters } from './console-queue'
import { seedAlarms } from './console-seed'
import { seedEvents } from './console-seed-events'
import { BROWSER_ARGS, startConsole } from './console-server.mjs'
import { printTable, referenceLoop } from './console-table'

function option(name: string, otherwise: string): string {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

const ALARMS = Number(option('alarms', '100000'))
const EVENTS = Number(option('events', '5000000'))
const ROUNDS = Number(option('rounds', '20'))
const SEEDED = option('data', '')
const ONLY = option('only', 'api,loads,queue,live,bulk').split(',')

function seedInto(data: string): void {
  if (SEEDED !== '' && existsSync(join(SEEDED, 'app.db'))) {
    cpSync(SEEDED, data, { recursive: true })
    return
  }
  mkdirSync(data, { mode: 0o700 })
  const begun = performance.now()
  seedAlarms(data, ALARMS)
  seedEvents(data, EVENTS)
  console.error(`seeded in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
  if (SEEDED !== '') cpSync(data, SEEDED, { recursive: true })
}

/** In this order: decisions take the rows away that loads show, and the bulk close takes most of a user's. */
const PARTS: Readonly<Record<string, (server: ConsoleServer, browser: Browser) => Promise<void>>> = {
  loads: async (server, browser) => {
    await measureScripts(browser, server)
    await measureLoads(browser, server, ROUNDS)
  },
  api: async (server) => {
    await measureApi(server, ROUNDS * 2)
    await measureDecisions(server, ROUNDS * 2)
  },
  queue: async (server, browser) => {
    await measureFilters(browser, server, ROUNDS)
    await measureDecisionsSeen(browser, server, ROUNDS)
  },
  live: (server, browser) => measureInteractions(browser, server),
  bulk: (server) => measureBulk(server),
}

const folder = mkdtempSync(join(tmpdir(), 'dowser-console-bench-'))
const data = join(folder, 'data')
const begun = performance.now()
let server: ConsoleServer | undefined
let browser: Browser | undefined
try {
  seedInto(data)
  server = (await startConsole(data)) as ConsoleServer
  const executablePath = findChromium()
  browser = await chromium.launch({ args: BROWSER_ARGS, ...(executablePath === null ? {} : { executablePath }) })
  for (const [name, part] of Object.entries(PARTS)) {
    if (!ONLY.includes(name)) continue
    referenceLoop()
    await part(server, browser)
  }
  referenceLoop()
  const minutes = ((performance.now() - begun) / 60_000).toFixed(1)
  printTable(`${ALARMS} alarms, ${EVENTS} events, ${minutes} minutes`)
} finally {
  await browser?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}
