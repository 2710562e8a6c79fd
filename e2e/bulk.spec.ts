import type { Page } from '@playwright/test'
import { alarmOf, expect, test } from './fixtures'

const openQueue = async (page: Page) => {
  await page.goto('/alarms?text=bulk-journey')
  await expect(page.getByText(/bulk-journey/).first()).toBeVisible()
}

test('a selection is closed as one with the exact count, and taken back after a change of page', async ({ page, api, seedAlarm }) => {
  const alarms = [await seedAlarm('first-bulk-journey.com'), await seedAlarm('second-bulk-journey.com')]
  await openQueue(page)
  await page.keyboard.press('*')
  await page.keyboard.press('a')
  await expect(page.getByRole('region', { name: 'Selection' })).toContainText(/\d+ alarms? selected/)
  await page.keyboard.press('e')
  await expect(page.getByRole('dialog', { name: /^Close \d+ alarms$/ })).toBeVisible()
  await page.keyboard.press('5')
  await expect(page.getByText(/Closed as Duplicate · \d+ alarms/).first()).toBeVisible()
  await expect.poll(async () => (await alarmOf(api, 'first-bulk-journey.com')).status).toBe('closed')

  await page.getByRole('link', { name: 'Allowlist' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/allowlist/i)
  await page.goBack()
  await expect(page.getByRole('heading', { level: 1, name: 'Alarms' })).toBeVisible()
  await page.keyboard.press('z')
  await expect(page.getByText(/Undone · \d+ alarms/).first()).toBeVisible()
  for (const { zone } of alarms) await expect.poll(async () => (await alarmOf(api, zone ?? '')).status).toBe('open')
})

test('a story opens to its alarms and is decided by key', async ({ page, api, seedAlarm }) => {
  const zone = 'story-bulk-journey.com'
  await seedAlarm(zone)
  await page.goto(`/alarms?zone=${zone}&rows=stories`)
  await expect(page.getByRole('list', { name: 'Stories' })).toContainText(zone)
  await page.getByRole('button', { name: `Show the alarms of ${zone}` }).click()
  await expect(
    page
      .getByRole('list', { name: `Alarms of ${zone}` })
      .getByRole('link')
      .first(),
  ).toBeVisible()
  await page.keyboard.press('e')
  await page
    .getByRole('dialog')
    .getByRole('radio', { name: /^Duplicate/ })
    .click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Close \d+ alarms?$/ })
    .click()
  await expect.poll(async () => (await alarmOf(api, zone)).status).toBe('closed')
})

test('a view is saved under a name and opens the same list', async ({ page }) => {
  await page.goto('/alarms?severity=high')
  await page.getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('dialog').getByLabel('Name').fill('Only high')
  await page.getByRole('dialog').getByRole('button', { name: 'Save view' }).click()
  await page.getByRole('button', { name: 'Unassigned' }).click()
  await page.getByRole('button', { name: 'Only high' }).click()
  await expect(page).toHaveURL(/severity=high/)
  await page.getByRole('button', { name: 'Remove the view Only high' }).click()
  await expect(page.getByRole('button', { name: 'Only high' })).toHaveCount(0)
})
