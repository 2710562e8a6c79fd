import { alarmOf, expect, pageOf, queueOf, test } from './fixtures'

// What a browser says of a request that is answered by nobody.
test.use({ provoked: [401] })

test('a decision made offline waits, outlives the page, and is sent when the server is back', async ({
  page,
  api,
  seedAlarm,
  complaints,
}) => {
  const zone = 'offline-journey.com'
  await seedAlarm(zone)
  await page.goto(`${queueOf(zone)}&rows=alarms`)
  const row = page.getByRole('row').filter({ hasText: zone })
  await expect(row).toBeVisible()
  await page.keyboard.press('j')

  const decisions = '**/api/v1/alarms/*/close'
  await page.route(decisions, (route) => route.abort('internetdisconnected'))
  await page.keyboard.press('e')
  await page.keyboard.press('5')
  const waiting = page.getByRole('region', { name: 'Waiting to be sent' })
  await expect(waiting).toContainText('Waiting to be sent (1).')
  await expect(row).toHaveCount(0)
  expect((await alarmOf(api, zone)).status).toBe('open')

  await page.reload()
  await expect(waiting).toContainText('Close as duplicate')
  await page.unroute(decisions)
  // It tries again by itself every ten seconds.
  await expect.poll(async () => (await alarmOf(api, zone)).decision?.reason).toBe('duplicate')
  await expect(waiting).toHaveCount(0)
  // The requests that the test cut off are the only complaints there may be.
  expect(complaints.filter((line) => !line.includes('ERR_INTERNET_DISCONNECTED'))).toEqual([])
  complaints.length = 0
})

test('who else has an alarm open is named, and not for long after they left', async ({ page, browser, complaints, seedAlarm }) => {
  const zone = 'presence-journey.com'
  const alarm = await seedAlarm(zone)
  const other = await pageOf(browser, 'colleague', complaints)
  await other.goto(`/alarms/${alarm.id}`)
  await page.goto(`/alarms/${alarm.id}`)
  await expect(page.getByText('Mira Colleague is looking')).toBeVisible()
  await expect(other.getByText('Nia Analyst is looking')).toBeVisible()
  await page.goto(`${queueOf(zone)}&rows=alarms`)
  await expect(page.getByRole('row').filter({ hasText: zone })).toContainText('Mira Colleague is looking')
  await other.context().close()
  await expect(page.getByText('Mira Colleague is looking')).toHaveCount(0, { timeout: 45_000 })
})

test('a session that ends in the middle of a sheet costs no word', async ({ page, seedAlarm }) => {
  const alarm = await seedAlarm('session-journey.com')
  await page.goto(`/alarms/${alarm.id}`)
  await page.keyboard.press('e')
  const sheet = page.getByRole('dialog', { name: /^Close / })
  await sheet.getByRole('radio', { name: /^Duplicate/ }).click()
  await sheet.getByLabel(/^Note/).fill('typed before the session ended')
  await page.route('**/api/v1/alarms/*/close', (route) =>
    route.fulfill({ status: 401, json: { type: '/problems/unauthenticated', title: 'Sign in', status: 401, detail: 'Sign in first.' } }),
  )
  await page.keyboard.press('Control+Enter')
  await expect(page.getByRole('dialog', { name: 'Your session has ended' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(sheet.getByLabel(/^Note/)).toHaveValue('typed before the session ended')
})
