import type { Browser } from '@playwright/test'
import { type ConsoleServer, coldLoad, isHydrated, openContext, ROWS, STORIES, until } from './console-pages'
import { processorMs, report } from './console-table'
import { scriptsOf } from './page-scripts.mjs'

const ALARM = '/alarms/ALM-000000000000'
const DECIDE = `document.querySelector('[role="toolbar"][aria-label="Decide"] button')`
const USABLE = `${isHydrated} && ${DECIDE} !== null`
/** No skeleton is left and nothing says that it is busy. */
const QUIET = `${USABLE} && document.querySelector('main .animate-breathe') === null && document.querySelector('main [aria-busy="true"]') === null`

export async function measureScripts(browser: Browser, server: ConsoleServer): Promise<void> {
  const { bytes, charts } = await scriptsOf(browser, server, '/alarms', false)
  report('scripts of the queue before use, gzip', 220, { values: [bytes / 1_000] }, { unit: 'kB' })
  report('files with charts among them', 0, { values: [charts ? 1 : 0] }, { unit: 'files' })
}

/** A browser with nothing in its cache, a server that has served the page before. */
export async function measureLoads(browser: Browser, server: ConsoleServer, rounds: number): Promise<void> {
  await measure('reference: a bare page, cold, usable', '/account', { usable: isHydrated }, { usable: null })
  await measure('queue by alarm, cold', '/alarms', { painted: ROWS, usable: isHydrated }, { painted: 1_000, usable: null })
  await measure('queue by story, cold', '/alarms?rows=stories', { painted: STORIES, usable: isHydrated }, { painted: 1_000, usable: null })
  await measure('alarm page, cold', ALARM, { usable: USABLE, 'all panels': QUIET }, { usable: 500, 'all panels': 1_500 })
  await measureOpening(browser, server, rounds)

  async function measure<Name extends string>(
    what: string,
    path: string,
    ready: Readonly<Record<Name, string>>,
    budgets: Readonly<Record<Name, number | null>>,
  ): Promise<void> {
    await coldLoad(browser, server, path, ready)
    const before = processorMs(server.pid)
    const loads: Record<string, number>[] = []
    for (let round = 0; round < rounds; round++) loads.push(await coldLoad(browser, server, path, ready))
    const after = processorMs(server.pid)
    const serverMs = before === null || after === null ? null : (after - before) / rounds
    for (const name of Object.keys(ready) as Name[])
      report(`${what}, ${name}`, budgets[name], { values: loads.map((load) => load[name] ?? Number.NaN), serverMs })
  }
}

/** From the key on a row of the queue to the alarm's page with what decides it. */
async function measureOpening(browser: Browser, server: ConsoleServer, rounds: number): Promise<void> {
  const context = await openContext(browser, server)
  const page = await context.newPage()
  await page.goto('/alarms')
  await until(page, isHydrated)
  await page.waitForTimeout(2_500)
  const values: number[] = []
  for (let round = 0; round <= rounds; round++) {
    await page.keyboard.press('j')
    await page.waitForTimeout(150)
    await page.evaluate(`{
      window.dowserOpened = new Promise((resolve) => {
        let begun = 0
        addEventListener('keydown', (event) => { begun ||= event.timeStamp }, { capture: true, once: true })
        const look = () => begun > 0 && location.pathname.startsWith('/alarms/ALM-') && ${DECIDE} !== null ? resolve(performance.now() - begun) : requestAnimationFrame(look)
        requestAnimationFrame(look)
      })
      void 0
    }`)
    await page.keyboard.press('Enter')
    const time = await page.evaluate(() => (window as unknown as { dowserOpened: Promise<number> }).dowserOpened)
    // The first one loads the page's code.
    if (round > 0) values.push(time)
    await page.goBack()
    await until(page, ROWS)
    await page.waitForTimeout(300)
  }
  report('alarm page from the queue, usable', 500, { values })
  await context.close()
}
