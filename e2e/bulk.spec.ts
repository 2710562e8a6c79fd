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

test('a selection is escalated into one escalation and taken back with one key', async ({ page, api, seedAlarm }) => {
  const zones = ['first-bundle-journey.com', 'second-bundle-journey.com']
  for (const zone of zones) await seedAlarm(zone)
  await page.goto('/alarms?text=bundle-journey&detector=dns_lookup_tunneling&rows=alarms')
  await expect(page.getByText(/second-bundle-journey/).first()).toBeVisible()
  await page.keyboard.press('*')
  await page.keyboard.press('a')
  await page.keyboard.press('s')
  const sheet = page.getByRole('dialog', { name: 'Escalate 2 alarms' })
  await expect(sheet.getByRole('button', { name: 'Escalate 2 alarms' })).toBeEnabled()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/Escalated into ESC-\d+ · 2 alarms/).first()).toBeVisible()
  for (const zone of zones) await expect.poll(async () => (await alarmOf(api, zone)).status).toBe('escalated')
  await page.keyboard.press('z')
  for (const zone of zones) await expect.poll(async () => (await alarmOf(api, zone)).status).toBe('open')
})

test('a selection is closed as false positive, its domains are ignored, and one key takes both back', async ({ page, api, seedAlarm }) => {
  const zone = 'ignored-story-journey.com'
  await seedAlarm(zone)
  await page.goto(`/alarms?zone=${zone}&rows=stories`)
  await expect(page.getByRole('list', { name: 'Stories' })).toContainText(zone)
  await page.keyboard.press('f')
  const sheet = page.getByRole('dialog', { name: /^Close \d+ alarms? and ignore their domains$/ })
  await expect(sheet.getByRole('list', { name: 'Domains of the selection' }).getByRole('checkbox')).toBeChecked()
  await page.keyboard.press('Control+Enter')
  await expect(page.getByText(/Closed as False positive · \d+ alarms? · 1 domain ignored from now on/).first()).toBeVisible()
  await expect.poll(async () => (await alarmOf(api, zone)).status).toBe('closed')
  const entries = async () => JSON.stringify(await (await api.get('/api/v1/allowlist')).json())
  expect(await entries()).toContain(zone)
  await page.keyboard.press('z')
  await expect.poll(async () => (await alarmOf(api, zone)).status).toBe('open')
})

test('the page of primitives is no part of a build', async ({ api }) => {
  expect((await api.get('/dev/ui')).status()).toBe(404)
})
