import { expect, test } from './fixtures'
import { BASE_URL } from './server-address'

const headers = { origin: BASE_URL }

test.describe('a manager', () => {
  test.use({ person: 'manager', provoked: [403] })

  test('reads alarms but cannot decide, and is told why', async ({ page, seedAlarm }) => {
    const alarm = await seedAlarm('manager-journey.com')
    await page.goto(`/alarms/${alarm.id}`)
    const close = page.getByRole('toolbar', { name: 'Decide' }).getByRole('button', { name: 'Close' })
    await expect(close).toHaveAttribute('aria-disabled', 'true')
    await expect(close).toHaveAccessibleDescription(/analyst|role|right|permission|may/i)
    await page.keyboard.press('e')
    await expect(page.getByRole('dialog')).toHaveCount(0)
    const body = { expectedVersion: alarm.version, reason: 'duplicate' }
    const answer = await page.request.post(`/api/v1/alarms/${alarm.id}/close`, { data: body, headers })
    expect(answer.status()).toBe(403)
    expect(await answer.json()).toMatchObject({ status: 403, detail: expect.stringContaining('alarm:decide') })
  })

  test('sees which techniques are covered', async ({ page }) => {
    await page.goto('/coverage')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page.getByText('T1071.004').first()).toBeVisible()
  })

  test('cannot import', async ({ page }) => {
    const answer = await page.request.post('/api/v1/events?name=x.log', { data: 'x', headers })
    expect(answer.status()).toBe(403)
  })
})

test.describe('an analyst', () => {
  test.use({ provoked: [403] })

  test('cannot manage users: no way there, no page, no call', async ({ page }) => {
    await page.goto('/alarms')
    await expect(page.getByRole('navigation').first()).toBeVisible()
    await expect(page.getByRole('link', { name: 'Users' })).toHaveCount(0)
    await page.goto('/users')
    await expect(page.getByText('You do not have permission to see this page')).toBeVisible()
    expect((await page.request.get('/api/v1/users')).status()).toBe(403)
    const body = { name: 'X', email: 'x@soc.example', role: 'admin', password: 'long enough password' }
    expect((await page.request.post('/api/v1/users', { data: body, headers })).status()).toBe(403)
  })

  test('cannot act from a foreign page', async ({ page, seedAlarm }) => {
    const alarm = await seedAlarm('foreign-origin-journey.com')
    const body = { expectedVersion: alarm.version, reason: 'duplicate' }
    const foreign = { origin: 'https://evil.example' }
    expect((await page.request.post(`/api/v1/alarms/${alarm.id}/close`, { data: body, headers: foreign })).status()).toBe(403)
  })

  test('is told every bad field of a request', async ({ page, seedAlarm }) => {
    const alarm = await seedAlarm('bad-fields-journey.com')
    const answer = await page.request.post(`/api/v1/alarms/${alarm.id}/close`, { data: { reason: 'because' }, headers })
    expect(answer.status()).toBe(422)
    expect(answer.headers()['content-type']).toContain('application/problem+json')
    const { errors }: { errors: { path: string }[] } = await answer.json()
    expect(errors.map((error) => error.path).sort()).toEqual(['expectedVersion', 'reason'])
  })
})
