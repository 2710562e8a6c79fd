import { expect, test } from './fixtures'
import { PEOPLE } from './people'
import { BASE_URL } from './server-address'

test.use({ person: 'manager', provoked: [400] })

test('a person renames themselves, sees their sessions and ends another one', async ({ page, playwright }) => {
  const { email, password, name } = PEOPLE.manager
  const elsewhere = await playwright.request.newContext({
    baseURL: BASE_URL,
    extraHTTPHeaders: { origin: BASE_URL },
    userAgent: 'curl/8.0',
  })
  expect((await elsewhere.post('/api/auth/sign-in/email', { data: { email, password } })).status()).toBe(200)

  await page.goto('/account')
  await page.getByLabel('Your name').fill('Max M.')
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByRole('button', { name: 'Max M.: account and settings' })).toBeVisible()
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Save the name' }).click()
  await expect(page.getByRole('button', { name: `${name}: account and settings` })).toBeVisible()

  const sessions = page.getByRole('list', { name: 'Your sessions' })
  await expect(sessions.getByRole('listitem').filter({ hasText: 'this one' })).toHaveCount(1)
  await sessions.getByRole('listitem').filter({ hasText: 'An unknown program' }).first().getByRole('button', { name: 'End it' }).click()
  await expect(page.getByText('1 session ended')).toBeVisible()
  await expect.poll(async () => (await elsewhere.get('/api/v1/me')).status()).toBe(401)
  await elsewhere.dispose()
})

test('a wrong password changes nothing, and a short one is refused before it is sent', async ({ page }) => {
  await page.goto('/account')
  await page.getByRole('textbox', { name: 'Password now' }).fill('not my password at all')
  await page.getByRole('textbox', { name: 'New password' }).fill('short')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('Use at least 12 characters.')).toBeVisible()
  await page.getByRole('textbox', { name: 'New password' }).fill('a much longer one')
  await page.getByRole('button', { name: 'Change the password' }).click()
  await expect(page.getByText('That is not your password.')).toBeVisible()
})

test('theme and row height chosen are there from the first paint', async ({ page }) => {
  await page.goto('/account')
  await page.getByRole('radio', { name: /^Compact/ }).click()
  await page.getByRole('radio', { name: 'Dark' }).click()
  const html = await (await page.request.get('/alarms')).text()
  expect(html).toMatch(/<html[^>]*data-theme="dark"[^>]*data-density="compact"/)
  await page.goto('/alarms?rows=alarms')
  const rows = page.locator('[data-alarm]')
  await expect(rows.first()).toBeVisible()
  expect((await rows.first().boundingBox())?.height).toBeLessThanOrEqual(29)
})
