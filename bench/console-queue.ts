import type { Browser, Page } from '@playwright/test'
import { detectors } from '@/lib/detectors/index'
import { type ConsoleServer, changed, isHydrated, openContext, perceived, ROWS, STORIES, until } from './console-pages'
import { report } from './console-table'

/** Longer than a page waits before it fetches, in its idle time, what may be wanted next. */
const SETTLING_MS = 2_500
const BUDGET_MS = 300

async function open(page: Page, path: string): Promise<void> {
  await page.goto(path)
  await until(page, isHydrated)
  await page.waitForTimeout(SETTLING_MS)
}

export async function measureFilters(browser: Browser, server: ConsoleServer, rounds: number): Promise<void> {
  const context = await openContext(browser, server)
  const page = await context.newPage()
  const type = async (text: string, shown: string): Promise<number> => {
    const search = page.locator('main input[type="search"]')
    // In one go: words are also looked for by themselves, a moment after the last was typed.
    const time = await changed(page, () => search.fill(text).then(() => search.press('Enter')), shown)
    await page.waitForTimeout(200)
    return time
  }
  await open(page, '/alarms')
  const byDetector: number[] = []
  for (let round = 0; round < Math.min(rounds, detectors.length); round++) {
    // Another detector each time, so that no list is known from before.
    const choose = () => page.getByRole('combobox', { name: 'Detector' }).selectOption({ index: round + 1 })
    byDetector.push(await changed(page, choose, ROWS))
    await page.waitForTimeout(200)
  }
  report('filter change to painted rows: detector', BUDGET_MS, { values: byDetector })
  await open(page, '/alarms')
  const byWords: number[] = []
  for (let round = 0; round < rounds; round++) byWords.push(await type(`zone-${round + 1}`, ROWS))
  report('filter change to painted rows: words', BUDGET_MS, { values: byWords })
  const byTechnique: number[] = []
  for (const { rule } of detectors.slice(0, rounds)) {
    await open(page, `/alarms?detector=${rule.id}`)
    byTechnique.push(await type('technique:T1071 ', ROWS))
  }
  report('filter change to painted rows: technique', BUDGET_MS, { values: byTechnique })
  await open(page, '/alarms?rows=stories')
  const stories: number[] = []
  for (let round = 0; round < rounds; round++) stories.push(await type(`zone-${round + 1}`, STORIES))
  report('filter change to painted stories: words', BUDGET_MS, { values: stories })
  await context.close()
}

/** From the key that decides to the row gone. */
export async function measureDecisionsSeen(browser: Browser, server: ConsoleServer, rounds: number): Promise<void> {
  const context = await openContext(browser, server)
  const page = await context.newPage()
  await open(page, '/alarms?severity=medium')
  await page.keyboard.press('j')
  const values: number[] = []
  for (let round = 0; round < rounds; round++) {
    await page.keyboard.press('e')
    await page.waitForSelector('[role="dialog"]')
    await page.waitForTimeout(300)
    const gone = `document.querySelector('tr[data-alarm="' + before + '"]') === null`
    values.push(await perceived(page, () => page.keyboard.press('5'), gone, `document.querySelector('tr[data-active]').dataset.alarm`))
    await page.waitForTimeout(400)
  }
  report('decision perceived, key to row gone', 50, { values })
  await context.close()
}
