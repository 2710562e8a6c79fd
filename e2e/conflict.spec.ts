import { alarmOf, expect, pageOf, test } from './fixtures'

test.use({ provoked: [409] })

test('of two people who decide about the same alarm, the second is told who was first', async ({
  page,
  browser,
  complaints,
  api,
  seedAlarm,
}) => {
  const zone = 'two-people-journey.com'
  const alarm = await seedAlarm(zone)
  const other = await pageOf(browser, 'colleague', complaints)
  await page.goto(`/alarms/${alarm.id}`)
  await other.goto(`/alarms/${alarm.id}`)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(zone)

  await other.getByRole('heading', { level: 1 }).waitFor()
  await other.keyboard.press('e')
  await other.keyboard.press('5')
  await expect.poll(async () => (await alarmOf(api, zone)).status).toBe('closed')

  await page.keyboard.press('s')
  await page.getByRole('dialog').getByRole('button', { name: 'Escalate' }).click()
  const conflict = page.getByRole('dialog', { name: 'Someone decided first' })
  await expect(conflict).toContainText('Mira Colleague closed this')
  await conflict.getByRole('button', { name: 'Keep theirs' }).click()
  expect((await alarmOf(api, zone)).decision).toMatchObject({ byName: 'Mira Colleague', reason: 'duplicate' })
  await other.context().close()
})
