import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './fixtures'
import { CONSOLE_PAGES, PUBLIC_PAGES } from './pages'

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

for (const theme of ['light', 'dark'] as const)
  test.describe(`${theme} theme`, () => {
    test.use({ colorScheme: theme })

    test.describe('signed in', () => {
      test.use({ person: 'admin' })

      for (const path of CONSOLE_PAGES)
        test(`${path} has no accessibility violation`, async ({ page }) => {
          const { rows } = await (await page.request.get('/api/v1/alarms?zone=brindlecove.net')).json()
          await page.goto(path.replace('ALARM', rows[0].id))
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
          await page.waitForLoadState('networkidle')
          expect(await violationsOf(page)).toEqual([])
        })
    })

    test.describe('signed out', () => {
      test.use({ person: null })

      for (const path of PUBLIC_PAGES)
        test(`${path} has no accessibility violation`, async ({ page }) => {
          await page.goto(path)
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
          expect(await violationsOf(page)).toEqual([])
        })
    })
  })

async function violationsOf(page: import('@playwright/test').Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze()
  return violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`)
}
