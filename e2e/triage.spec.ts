import type { Page } from '@playwright/test'
import { alarmOf, expect, queueOf, test } from './fixtures'

const openQueue = async (page: Page, zone: string) => {
  await page.goto(queueOf(zone))
  await expect(rowOf(page, zone)).toBeVisible()
}
const rowOf = (page: Page, zone: string) => page.getByRole('row').filter({ hasText: zone })

test('an alarm explains itself: why, guide, samples, charts, techniques', async ({ page }) => {
  await page.goto(queueOf('brindlecove.net'))
  await rowOf(page, 'brindlecove.net').getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('brindlecove.net')
  await expect(page.getByText(/\d[\d,]* distinct names/).first()).toBeVisible()
  await expect(page.getByText('10.9.0.20').first()).toBeVisible()
  await expect(page.getByText(/T1572|T1071\.004|T1048/).first()).toBeVisible()
  await expect(page.getByRole('figure').first()).toBeVisible()
  await expect(page.getByText(/\.t\.brindlecove\.net/).first()).toBeVisible()
  await expect(page.getByRole('heading', { name: /investigate/i }).first()).toBeVisible()
})

test('a false positive is closed with an allowlist entry, is gone, is told, and comes back', async ({ page, api, seedAlarm }) => {
  const zone = 'false-positive-journey.com'
  const alarm = await seedAlarm(zone)
  await openQueue(page, zone)
  await page.goto(`/alarms/${alarm.id}`)
  await page.keyboard.press('f')
  const sheet = page.getByRole('dialog')
  await expect(sheet.getByRole('radio', { name: /^False positive/ })).toBeChecked()
  await expect(sheet.getByText(/Hides 1 open alarm now/)).toBeVisible()
  await sheet.getByLabel(/^Note/).fill('Telemetry of our own agent')
  await sheet.getByRole('button', { name: /Close and/ }).click()
  await expect(page.getByText(/Closed as False positive/).first()).toBeVisible()

  await page.goto(queueOf(zone))
  await expect(page.getByText('No alarm matches these filters')).toBeVisible()

  await page.goto(`/alarms/${alarm.id}`)
  await expect(page.getByText('Telemetry of our own agent').first()).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'closed it' })).toContainText('Nia Analyst')

  await page.goto('/allowlist')
  const entry = page.getByRole('listitem').filter({ hasText: zone })
  await expect(entry).toContainText('Nia Analyst')
  await expect(entry).toContainText('Telemetry of our own agent')

  await page.goto(`/alarms/${alarm.id}`)
  await page.getByRole('region', { name: 'History' }).getByRole('button', { name: 'Take back' }).click()
  await expect.poll(async () => (await alarmOf(api, zone)).status).toBe('open')
  await openQueue(page, zone)
})

test('closing takes two keys, undo one, and focus stays with the work', async ({ page, api, seedAlarm }) => {
  const zone = 'two-keys-journey.com'
  await seedAlarm(zone)
  await openQueue(page, zone)
  await page.keyboard.press('j')
  await page.keyboard.press('e')
  await page.keyboard.press('5')
  await expect(rowOf(page, zone)).toHaveCount(0)
  await expect.poll(async () => (await alarmOf(api, zone)).decision?.reason).toBe('duplicate')
  await page.keyboard.press('z')
  await expect(rowOf(page, zone)).toBeVisible()
  await expect.poll(async () => (await alarmOf(api, zone)).status).toBe('open')
})

test('escalating takes two keys and leaves the alarm under Escalated', async ({ page, api, seedAlarm }) => {
  const zone = 'escalate-journey.com'
  await seedAlarm(zone)
  await openQueue(page, zone)
  await page.keyboard.press('j')
  await page.keyboard.press('s')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Escalate' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await alarmOf(api, zone)).status).toBe('escalated')
  await page.goto(queueOf(zone, 'escalated'))
  await expect(rowOf(page, zone)).toBeVisible()
})

test('a note is kept in the history, and shortcuts stay out of text fields', async ({ page, seedAlarm }) => {
  const alarm = await seedAlarm('note-journey.com')
  await page.goto(`/alarms/${alarm.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('n')
  const field = page.getByRole('dialog').getByLabel('Note')
  await field.pressSequentially('seen before, see ticket')
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByText('seen before, see ticket').first()).toBeVisible()
})

test('undetermined is not taken without a note', async ({ page, api, seedAlarm }) => {
  const zone = 'undetermined-journey.com'
  const alarm = await seedAlarm(zone)
  await page.goto(`/alarms/${alarm.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.keyboard.press('e')
  await page.keyboard.press('6')
  await expect(page.getByRole('button', { name: 'Close alarm' })).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('dialog').getByLabel(/^Note/).fill('Resolver log only; the client is behind a forwarder.')
  await page.getByRole('button', { name: 'Close alarm' }).click()
  await expect.poll(async () => (await alarmOf(api, zone)).decision?.reason).toBe('undetermined')
})

test('the queue says that something came in, and shows it when asked', async ({ page, seedAlarm }) => {
  await seedAlarm('first-live-journey.com')
  await page.goto('/alarms?text=live-journey&detector=dns_lookup_tunneling')
  await expect(rowOf(page, 'first-live-journey.com')).toBeVisible()
  await seedAlarm('second-live-journey.com')
  await expect(page.getByRole('button', { name: /^1 new/ })).toBeVisible()
  await expect(rowOf(page, 'second-live-journey.com')).toHaveCount(0)
  await page.keyboard.press('r')
  await expect(rowOf(page, 'second-live-journey.com')).toBeVisible()
})
