/**
 * The console's budgets, measured: the production build on a made-up store, the API by its own clock, the pages in
 * Chromium. Needs `npm run build`; cleans up after itself.
 *
 *   npx tsx bench/console.ts [--alarms 100000] [--events 5000000] [--rounds 15] [--data FOLDER]
 *
 * With --data a store that was seeded before is used again (and kept); it must not have a user yet.
 */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Browser, chromium } from '@playwright/test'
import { detectors } from '@/lib/detectors/index'
import { findChromium } from '../scripts/run/chromium.mjs'
import { type ConsoleServer, coldLoad, isHydrated, openContext, perceived, watchInteractions } from './console-pages'
import { BATCH_USER, seedAlarms, seedEvents } from './console-seed'
import { BROWSER_ARGS, startConsole } from './console-server.mjs'

function option(name: string, otherwise: string): string {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

const ALARMS = Number(option('alarms', '100000'))
const EVENTS = Number(option('events', '5000000'))
const ROUNDS = Number(option('rounds', '15'))
const SEEDED = option('data', '')
const EVENTS_PER_SECOND = 1_000

interface Line {
  readonly what: string
  readonly budgetMs: number | null
  readonly times: readonly number[]
}

const lines: Line[] = []
const quantile = (times: readonly number[], share: number): number =>
  [...times].sort((a, b) => a - b)[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN

function report(what: string, budgetMs: number | null, times: readonly number[]): void {
  lines.push({ what, budgetMs, times })
  console.error(`${what}: ${times.map((time) => time.toFixed(0)).join(' ')}`)
}

function printTable(): void {
  console.log(
    `\n${ALARMS} alarms, ${EVENTS} events, node ${process.versions.node}, load ${loadavg()
      .map((load) => load.toFixed(1))
      .join(' ')}\n`,
  )
  console.log('| what | budget ms | p50 | p95 | met |\n|---|---|---|---|---|')
  for (const { what, budgetMs, times } of lines) {
    const p95 = quantile(times, 0.95)
    const verdict = budgetMs === null ? '' : p95 <= budgetMs ? 'yes' : 'NO'
    console.log(`| ${what} | ${budgetMs ?? ''} | ${quantile(times, 0.5).toFixed(0)} | ${p95.toFixed(0)} | ${verdict} |`)
  }
}

async function timed(rounds: number, work: (round: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now()
    await work(round)
    times.push(performance.now() - begun)
  }
  return times
}

async function measureApi({ call }: ConsoleServer): Promise<void> {
  await timed(3, () => call('GET', '/alarms?status=open'))
  const lists = [
    ['queue, first page by alarm', '/alarms?status=open', 100],
    ['queue, first page by story', '/alarms/stories?status=open', 100],
    ['queue, every status', '/alarms?status=open,escalated,closed,suppressed', 100],
    ['filter: severity and detector', '/alarms?status=open&severity=high&detector=dns_lookup_tunneling', null],
    ['filter: words', '/alarms?status=open&text=zone-12', null],
    ['filter: words, by story', '/alarms/stories?status=open&text=zone-12', null],
    ['filter: technique', '/alarms?status=open&technique=T1071', null],
    ['filter: host', '/alarms?status=open&host=pc-7', null],
  ] as const
  for (const [what, path, budget] of lists) report(`server: ${what}`, budget, await timed(ROUNDS * 2, () => call('GET', path)))
}

async function measureDecisions({ call }: ConsoleServer): Promise<void> {
  const { rows } = (await call('GET', '/alarms?status=open&severity=low&limit=100')) as { rows: { id: string; version: number }[] }
  const closes = await timed(Math.min(rows.length, ROUNDS * 2), (round) => {
    const row = rows[round]
    return call('POST', `/alarms/${row?.id}/close`, { expectedVersion: row?.version, reason: 'duplicate' })
  })
  report('server: decision stored', 200, closes)
}

/** From the press to the last alarm stored, as the page does it: freeze, start, ask until it is done. */
async function measureBulk({ call }: ConsoleServer): Promise<void> {
  const begun = performance.now()
  const { selection } = (await call('POST', '/selections', { filter: { status: 'open', user: BATCH_USER } })) as {
    selection: { id: string; count: number }
  }
  const started = (await call('POST', `/selections/${selection.id}/actions`, { decision: { kind: 'close', reason: 'duplicate' } })) as {
    unit: { id: string }
  }
  for (;;) {
    const { unit } = (await call('GET', `/selections/units/${started.unit.id}`)) as { unit: { finishedAt: number | null } }
    if (unit.finishedAt !== null) break
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  report(`bulk close of ${selection.count} alarms`, 3_000, [performance.now() - begun])
}

const ROWS = `document.querySelectorAll('tr[data-alarm]').length > 0`
const STORIES = `document.querySelectorAll('[data-story]').length > 0`
const SETTLED = `document.querySelector('main [aria-busy="true"]') === null`
const ROW_IDS = `[...document.querySelectorAll('tr[data-alarm]')].map((row) => row.dataset.alarm).join()`

async function measureLoads(browser: Browser, server: ConsoleServer): Promise<void> {
  for (const [what, path, ready] of [
    ['by alarm', '/alarms', ROWS],
    ['by story', '/alarms?rows=stories', STORIES],
  ] as const) {
    const loads = []
    for (let round = 0; round < ROUNDS; round++) loads.push(await coldLoad(browser, server, path, { painted: ready, usable: isHydrated }))
    report(
      `cold load to painted rows, ${what}`,
      1_000,
      loads.map((load) => load.painted ?? Number.NaN),
    )
    report(
      `cold load to hydrated, ${what}`,
      null,
      loads.map((load) => load.usable ?? Number.NaN),
    )
  }
  const quiet = `${isHydrated} && document.querySelector('[role="toolbar"]') !== null && document.querySelector('main .animate-breathe') === null && ${SETTLED}`
  const usable = `${isHydrated} && document.querySelector('[role="toolbar"][aria-label="Decide"] button') !== null`
  const alarms = []
  for (let round = 0; round < ROUNDS; round++) alarms.push(await coldLoad(browser, server, '/alarms/ALM-000000000000', { usable, quiet }))
  report(
    'alarm page, cold, usable',
    500,
    alarms.map((load) => load.usable ?? Number.NaN),
  )
  report(
    'alarm page, cold, all panels',
    1_500,
    alarms.map((load) => load.quiet ?? Number.NaN),
  )
}

async function measureQueue(browser: Browser, server: ConsoleServer): Promise<void> {
  const context = await openContext(browser, server)
  const page = await context.newPage()
  await page.goto('/alarms')
  await page.waitForFunction(isHydrated)
  await page.waitForTimeout(2_500)
  const filters: number[] = []
  for (let round = 0; round < Math.min(ROUNDS, detectors.length); round++) {
    // Another detector each time, so that no list is known from before and every row changes.
    const choose = async (): Promise<void> =>
      void (await page.getByRole('combobox', { name: 'Detector' }).selectOption({ index: round + 1 }))
    filters.push(await perceived(page, choose, `${ROW_IDS} !== before && ${SETTLED} && ${ROWS}`, ROW_IDS))
    await page.waitForTimeout(150)
  }
  report('filter change to painted rows: detector', 300, filters)
  await page.goto('/alarms')
  await page.waitForFunction(isHydrated)
  const words: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await page.getByRole('searchbox').fill(`zone-${round + 1}`)
    words.push(await perceived(page, () => page.keyboard.press('Enter'), `${ROW_IDS} !== before && ${SETTLED}`, ROW_IDS))
    await page.waitForTimeout(300)
  }
  report('filter change to painted rows: words and Enter', 300, words)
  await page.goto('/alarms?severity=medium')
  await page.waitForFunction(isHydrated)
  await page.waitForTimeout(2_500)
  await page.keyboard.press('j')
  const decisions: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    await page.keyboard.press('e')
    await page.waitForTimeout(200)
    const gone = `document.querySelector('tr[data-alarm="' + before + '"]') === null`
    decisions.push(await perceived(page, () => page.keyboard.press('5'), gone, `document.querySelector('tr[data-active]').dataset.alarm`))
    await page.waitForTimeout(300)
  }
  report('decision perceived (key to row gone)', 50, decisions)
  await page.keyboard.press('Enter')
  await page.waitForURL('**/alarms/ALM-*')
  await page.goBack()
  await context.close()
}

/** Elasticsearch's bulk call with new look-ups, once a second, until told to stop. */
async function startSender(server: ConsoleServer): Promise<() => Promise<number>> {
  const settings = { address: null, port: null, path: null, format: null, backfill: false, quietAfterMs: 60_000 }
  const { issued } = (await server.call('POST', '/log-sources', { name: 'bench', kind: 'elastic', settings })) as {
    issued: { secret: string }
  }
  let sent = 0
  let asked = true
  const loop = async (): Promise<void> => {
    while (asked) {
      const begun = performance.now()
      const now = Date.now()
      const body = Array.from({ length: EVENTS_PER_SECOND }, (_, n) => {
        const name = `host-${sent + n}.zone-${(sent + n) % 997}.com`
        const dns = { type: 'answer', question: { name, type: 'A' }, response_code: 'NOERROR', id: n }
        const document = { '@timestamp': new Date(now - 1_000 + n).toISOString(), source: { ip: `10.1.${n & 255}.7` }, dns }
        return `{"create":{"_index":"logs-dns"}}\n${JSON.stringify(document)}\n`
      }).join('')
      const response = await fetch(`${server.url}/_bulk`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-ndjson', authorization: `ApiKey ${issued.secret}` },
        body,
      })
      if (!response.ok) throw new Error(`_bulk answered ${response.status}: ${(await response.text()).slice(0, 300)}`)
      await response.body?.cancel()
      sent += EVENTS_PER_SECOND
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, 1_000 - (performance.now() - begun))))
    }
  }
  const running = loop()
  return async () => {
    asked = false
    await running
    return sent
  }
}

async function measureInteractions(browser: Browser, server: ConsoleServer): Promise<void> {
  const stop = await startSender(server)
  const begun = performance.now()
  const context = await openContext(browser, server)
  const page = await context.newPage()
  await page.goto('/alarms')
  await page.waitForFunction(isHydrated)
  await page.waitForTimeout(3_000)
  const read = await watchInteractions(page)
  let pressed = 0
  for (let round = 0; round < 8; round++) {
    for (const key of ['j', 'j', 'x', 'k', 'x', 'j', 'e', 'Escape']) {
      await page.keyboard.press(key)
      await page.waitForTimeout(120)
      pressed += 1
    }
    await page
      .getByRole('group', { name: 'Severity' })
      .getByRole('button')
      .nth(round % 4)
      .click()
    await page.waitForTimeout(400)
    pressed += 1
  }
  const slow = await read()
  await context.close()
  const sent = await stop()
  const rate = (sent / (performance.now() - begun)) * 1_000
  // Interactions below 16 ms are not told: they count as 16.
  const all = [...slow, ...new Array<number>(Math.max(0, pressed - slow.length)).fill(16)]
  report(`interactions (${pressed}) while ${rate.toFixed(0)} events/s come in`, 100, all)
}

const folder = mkdtempSync(join(tmpdir(), 'dowser-console-bench-'))
const data = join(folder, 'data')
let server: ConsoleServer | undefined
let browser: Browser | undefined
try {
  if (SEEDED !== '' && existsSync(join(SEEDED, 'app.db'))) cpSync(SEEDED, data, { recursive: true })
  else {
    mkdirSync(data, { mode: 0o700 })
    const begun = performance.now()
    seedAlarms(data, ALARMS)
    seedEvents(data, EVENTS, (stored) => stored % 1_000_000 === 0 && console.error(`${stored} events stored`))
    console.error(`seeded in ${((performance.now() - begun) / 1000).toFixed(0)} s`)
    if (SEEDED !== '') cpSync(data, SEEDED, { recursive: true })
  }
  server = (await startConsole(data)) as ConsoleServer
  browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: BROWSER_ARGS } as Parameters<
    typeof chromium.launch
  >[0])
  await measureApi(server)
  await measureDecisions(server)
  await measureLoads(browser, server)
  await measureQueue(browser, server)
  await measureInteractions(browser, server)
  await measureBulk(server)
  printTable()
} finally {
  await browser?.close()
  await server?.stop()
  rmSync(folder, { recursive: true, force: true })
}
