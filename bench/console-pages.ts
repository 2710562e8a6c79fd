import type { Browser, BrowserContext, Page } from '@playwright/test'

export interface ConsoleServer {
  readonly url: string
  readonly pid: number | undefined
  readonly cookies: readonly { readonly name: string; readonly value: string; readonly url: string }[]
  call(method: string, path: string, body?: unknown): Promise<Record<string, unknown>>
  stop(): Promise<void>
}

const WIDE = { width: 1440, height: 900 }

/** What the page itself measures; milliseconds of its own clock. */
interface Watched {
  dowserFirst: Record<string, number>
  dowserKeys: number[]
}

export async function openContext(browser: Browser, server: ConsoleServer): Promise<BrowserContext> {
  const context = await browser.newContext({ baseURL: server.url, viewport: WIDE })
  await context.addCookies(server.cookies.map((cookie) => ({ ...cookie })))
  // tsx's own helper, which does not exist in a page.
  await context.addInitScript('globalThis.__name = (value) => value')
  return context
}

/**
 * A fresh browser, nothing in its cache: milliseconds from the start of the navigation until `ready` holds and is painted.
 *
 * @param ready - JavaScript expression, true in the page once it is there.
 */
export async function coldLoad(browser: Browser, server: ConsoleServer, path: string, ready: Readonly<Record<string, string>>) {
  const context = await openContext(browser, server)
  // As text: the page's own policy forbids it to make code of a string.
  const conditions = Object.entries(ready).map(([name, condition]) => `${JSON.stringify(name)}: () => ${condition}`)
  await context.addInitScript(`{
    const first = (window.dowserFirst = {})
    const conditions = { ${conditions.join(', ')} }
    const look = () => {
      // The frame after the one that has it is when it can be seen.
      for (const name in conditions) if (!(name in first) && document.readyState !== 'loading' && conditions[name]()) first[name] = performance.now()
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  }`)
  const page = await context.newPage()
  await page.goto(path, { waitUntil: 'commit' })
  const names = Object.keys(ready)
  await page.waitForFunction(
    (wanted) => wanted.every((name) => name in ((window as unknown as Partial<Watched>).dowserFirst ?? {})),
    names,
    {
      timeout: 60_000,
    },
  )
  const first = await page.evaluate(() => (window as unknown as Watched).dowserFirst)
  await context.close()
  return first
}

/** Waits until `condition` holds. Asked from outside: the page's own policy forbids it to make code of a string. */
export async function until(page: Page, condition: string): Promise<void> {
  const latest = performance.now() + 60_000
  while ((await page.evaluate(condition)) !== true) {
    if (performance.now() > latest) throw new Error(`never held within a minute: ${condition}`)
    await page.waitForTimeout(20)
  }
}

/**
 * Does something and waits until the page shows it.
 *
 * @param done - JavaScript expression, true once it is drawn; `before` in it is what `remember` gave.
 * @returns milliseconds from the event that the page saw first to the frame that shows it.
 */
export async function perceived(page: Page, act: () => Promise<void>, done: string, remember = 'null'): Promise<number> {
  await page.evaluate(`{
    const before = ${remember}
    const holds = () => ${done}
    window.dowserDone = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('nothing changed within 20 s')), 20_000)
      let begun = 0
      const start = (event) => { if (begun === 0) begun = event.timeStamp }
      for (const kind of ['pointerdown', 'keydown', 'change']) document.addEventListener(kind, start, { capture: true })
      const look = () => {
        if (begun > 0 && holds()) resolve(performance.now() - begun)
        else requestAnimationFrame(look)
      }
      requestAnimationFrame(look)
    })
    // Not the promise itself, which would be waited for.
    void 0
  }`)
  await act()
  return page.evaluate(() => (window as unknown as { dowserDone: Promise<number> }).dowserDone)
}

/** Counts how long interactions take, as the browser's own event timing tells (16 ms and more). */
export async function watchInteractions(page: Page): Promise<() => Promise<number[]>> {
  await page.evaluate(() => {
    const longest = new Map<number, number>()
    Object.assign(window, { dowserInteractions: longest })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { interactionId?: number })[])
        if (entry.interactionId) longest.set(entry.interactionId, Math.max(entry.duration, longest.get(entry.interactionId) ?? 0))
    }).observe({ type: 'event', buffered: false, durationThreshold: 16 } as PerformanceObserverInit)
  })
  return async () => {
    await page.waitForTimeout(500)
    return page.evaluate(() => [...(window as unknown as { dowserInteractions: Map<number, number> }).dowserInteractions.values()])
  }
}

/**
 * Changes a filter and waits until the rows that meet it are drawn; the old ones stand greyed and busy meanwhile.
 *
 * @returns milliseconds from the event that the page saw first to the frame that shows them.
 */
export async function changed(page: Page, act: () => Promise<unknown>, shown: string): Promise<number> {
  await page.evaluate(`{
    window.dowserBusy = false
    new MutationObserver((records, observer) => {
      if (!records.some((record) => record.target.getAttribute('aria-busy') === 'true' || record.oldValue === 'true')) return
      window.dowserBusy = true
      observer.disconnect()
    }).observe(document.querySelector('main'), { attributes: true, attributeFilter: ['aria-busy'], attributeOldValue: true, subtree: true })
    void 0
  }`)
  return perceived(page, async () => void (await act()), `window.dowserBusy && ${SETTLED} && ${shown}`)
}

export const ROWS = `document.querySelectorAll('tr[data-alarm]').length > 0`
export const STORIES = `document.querySelectorAll('[data-story]').length > 0`
const SETTLED = `document.querySelector('main [aria-busy="true"]') === null`

/** React has taken the page over. */
export const isHydrated = `(() => { const row = document.querySelector('main button'); return row !== null && Object.keys(row).some((key) => key.startsWith('__reactProps')) })()`
