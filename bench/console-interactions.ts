import type { Browser } from '@playwright/test'
import { type ConsoleServer, isHydrated, openContext, until, watchInteractions } from './console-pages'
import { startSender } from './console-sender'
import { INP, processorMs, report } from './console-table'

const EVENTS_PER_SECOND = 1_000
const KEYS = ['j', 'j', 'x', 'k', 'x', 'j', 'e', 'Escape'] as const
const ROUNDS = 8

/** What an analyst does in the queue while a sender delivers, by the browser's own timing of events. */
export async function measureInteractions(browser: Browser, server: ConsoleServer): Promise<void> {
  const stop = await startSender(server, EVENTS_PER_SECOND)
  const begun = performance.now()
  const before = processorMs(server.pid)
  const context = await openContext(browser, server)
  const page = await context.newPage()
  await page.goto('/alarms')
  await until(page, isHydrated)
  await page.waitForTimeout(3_000)
  const read = await watchInteractions(page)
  let pressed = 0
  for (let round = 0; round < ROUNDS; round++) {
    for (const key of KEYS) {
      await page.keyboard.press(key)
      await page.waitForTimeout(150)
      pressed += 1
    }
    await page
      .getByRole('group', { name: 'Severity' })
      .getByRole('button')
      .nth(round % 4)
      .click()
    await page.waitForTimeout(500)
    pressed += 1
  }
  const slow = await read()
  await context.close()
  const sent = await stop()
  const seconds = (performance.now() - begun) / 1_000
  const after = processorMs(server.pid)
  // Interactions below 16 ms are not told: they count as 16.
  const values = [...slow, ...new Array<number>(Math.max(0, pressed - slow.length)).fill(16)]
  report(`interactions while ${(sent / seconds).toFixed(0)} events/s come in`, 100, { values }, { share: INP })
  if (before !== null && after !== null)
    report('server’s processor time a second meanwhile', null, { values: [(after - before) / seconds] })
}
