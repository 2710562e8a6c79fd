import { readFile } from 'node:fs/promises'
import { alarmOf, expect, queueOf, test } from './fixtures'

test('two keys escalate; the page has the steps, the hand-over and the way back', async ({ page, api, seedAlarm }) => {
  const zone = 'bundle-journey.com'
  const alarm = await seedAlarm(zone, '10.20.7.7')
  await page.goto(queueOf(zone))
  await expect(page.getByRole('row').filter({ hasText: zone })).toBeVisible()
  await page.keyboard.press('j')
  await page.keyboard.press('s')
  await expect(page.getByRole('dialog').getByRole('button', { name: 'Escalate' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await alarmOf(api, zone)).status).toBe('escalated')

  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Escalations')
  const link = page.getByRole('link', { name: new RegExp(zone.replace('.', '\\.')) }).first()
  await link.click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('ESC-')
  await expect(page.getByRole('region', { name: 'Alarms' })).toContainText(zone)

  const response = page.getByRole('region', { name: 'Response' })
  await response.getByRole('checkbox').first().click()
  await expect(response.getByText(/Done by Nia Analyst/)).toBeVisible()

  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'Hand-over as Markdown' }).click()])
  const text = await readFile(await download.path(), 'utf8')
  expect(download.suggestedFilename()).toMatch(/^dowser-ESC-\d+\.md$/)
  expect(text).toContain(alarm.id)
  expect(text).toContain('bundle-journey[.]com')
  expect(text).toContain('- [x] ')

  const id = download.suggestedFilename().replace(/^dowser-|\.md$/g, '')
  const pdf = await api.get(`/api/v1/escalations/${id}/handover?format=pdf`)
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')

  await page.getByRole('heading', { level: 1 }).focus()
  await page.keyboard.press('z')
  await expect(response.getByText(/Done by Nia Analyst/)).toHaveCount(0)
  await page.keyboard.press('z')
  await expect.poll(async () => (await alarmOf(api, zone)).status).toBe('open')
})
