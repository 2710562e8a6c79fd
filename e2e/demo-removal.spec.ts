import { expect, sendLog, test } from './fixtures'
import { tunnelLog } from './tunnel-log'

test.use({ person: 'admin' })

test('removing the demo takes its alarms and events, and nothing else', async ({ page, api }) => {
  await sendLog(api, 'ours.log', tunnelLog('not-of-the-demo.com', '10.20.0.77', Date.now() - 60_000))
  await page.goto('/sources')
  await page.getByRole('button', { name: /remove.*demo/i }).click()
  await page
    .getByRole('dialog')
    .or(page.getByRole('alertdialog'))
    .getByRole('button', { name: /remove/i })
    .click()
  await expect.poll(async () => (await (await api.get('/api/v1/status')).json()).demo).toBe(false)
  const { rows } = await (await api.get('/api/v1/alarms?limit=200')).json()
  expect(rows.some((row: { demo: boolean }) => row.demo)).toBe(false)
  expect(rows.some((row: { zone: string }) => row.zone === 'not-of-the-demo.com')).toBe(true)
  const { intakes } = await (await api.get('/api/v1/sources')).json()
  expect(intakes.some((intake: { demo: boolean }) => intake.demo)).toBe(false)
})
