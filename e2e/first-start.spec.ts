import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ListAlarmsResponse } from '../lib/api/contracts/alarms'
import { expect, test } from './fixtures'
import { PEOPLE, type Person, sessionFile } from './people'
import { BASE_URL, DATA_FOLDER } from './server-address'

const setupToken = () => readFileSync(join(DATA_FOLDER, 'setup-token'), 'utf8').trim()

test.use({ person: null })
test.describe.configure({ mode: 'serial' })

test('the console asks whoever comes without a session to sign in', async ({ page }) => {
  await page.goto('/alarms')
  await expect(page).toHaveURL(/\/(sign-in|setup)/)
  const answer = await page.request.get('/api/v1/alarms')
  expect(answer.status()).toBe(401)
  expect(answer.headers()['content-type']).toContain('application/problem+json')
})

test.describe('set-up', () => {
  test.use({ provoked: [401, 403, 409, 422] })

  test('is refused without the token of the server’s own terminal', async ({ page, request }) => {
    const body = { name: 'Eve', email: 'eve@soc.example', password: 'a password of Eve 123', token: 'guessed' }
    const answer = await request.post('/api/v1/setup', { data: body, headers: { origin: BASE_URL } })
    expect(answer.status()).toBe(403)
    await page.goto('/setup')
    await expect(page.getByText('Setting up needs the address that Dowser printed')).toBeVisible()
    await expect(page.getByRole('textbox')).toHaveCount(0)
    await page.goto('/setup?token=guessed')
    await fillSetup(page, 'admin')
    await expect(page.getByRole('alert').filter({ hasText: 'set-up address' })).toBeVisible()
  })

  test('creates the first administrator, who finds the demo’s tunnels in the queue', async ({ page, context }) => {
    await page.goto(`/setup?token=${encodeURIComponent(setupToken())}`)
    await fillSetup(page, 'admin')
    await expect(page).toHaveURL(/\/(alarms|$)/)
    await page.goto('/alarms')
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    for (const zone of ['brindlecove.net', 'fallowmere.com', 'millpond-cloud.com'])
      await expect(page.getByRole('row').filter({ hasText: zone }).first()).toBeVisible()
    await context.storageState({ path: sessionFile('admin') })
  })

  test('is over once somebody has an account', async ({ page, request }) => {
    const body = { name: 'Eve', email: 'eve@soc.example', password: 'a password of Eve 123', token: 'guessed' }
    expect((await request.post('/api/v1/setup', { data: body, headers: { origin: BASE_URL } })).status()).toBe(409)
    await page.goto('/setup?token=guessed')
    await fillSetup(page, 'admin')
    await expect(page.getByText('Dowser has been set up already.')).toBeVisible()
  })
})

test.describe('the administrator', () => {
  test.use({ person: 'admin' })

  test('adds an analyst, a colleague and a manager', async ({ page }) => {
    await page.goto('/users')
    for (const person of ['analyst', 'colleague', 'manager'] as const) {
      const { name, email, password, role } = PEOPLE[person]
      await page.getByRole('main').getByRole('button', { name: 'Add user' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel('Name', { exact: true }).fill(name)
      await dialog.getByLabel('E-mail').fill(email)
      await dialog.getByLabel('Temporary password').fill(password)
      await dialog.getByRole('radio', { name: new RegExp(`^${role}`, 'i') }).click()
      await dialog.getByRole('button', { name: 'Add user' }).click()
      await expect(dialog).toHaveCount(0)
      await expect(page.getByRole('row').filter({ hasText: email })).toBeVisible()
    }
  })

  test('sees that every demo capture was read without a rejected record', async ({ page }) => {
    const { intakes } = await (await page.request.get('/api/v1/sources')).json()
    expect(intakes.filter((intake: { demo: boolean }) => intake.demo).length).toBeGreaterThanOrEqual(5)
    for (const intake of intakes) expect(intake, intake.name).toMatchObject({ state: 'done', rejected: 0, demo: true })
  })

  test('finds the tunnel programs named, and the office without one quiet', async ({ page }) => {
    const { rows }: ListAlarmsResponse = await (await page.request.get('/api/v1/alarms?limit=200')).json()
    const zones = new Set(rows.map((row) => row.zone))
    for (const zone of ['brindlecove.net', 'fallowmere.com', 'millpond-cloud.com', 'snowbird-stats.com']) expect(zones).toContain(zone)
    expect(rows.every((row) => row.demo)).toBe(true)
  })
})

for (const person of ['analyst', 'colleague', 'manager'] as const)
  test(`${PEOPLE[person].name} signs in`, async ({ page, context }) => {
    await page.goto('/sign-in')
    await page.getByLabel('E-mail').fill(PEOPLE[person].email)
    await page.getByLabel('Password', { exact: true }).fill(PEOPLE[person].password)
    await page.getByRole('button', { name: 'Sign in' }).click()
    await expect(page).toHaveURL(/\/(alarms|$)/)
    await context.storageState({ path: sessionFile(person) })
  })

async function fillSetup(page: import('@playwright/test').Page, person: Person): Promise<void> {
  await page.getByLabel('Your name').fill(PEOPLE[person].name)
  await page.getByLabel('E-mail').fill(PEOPLE[person].email)
  await page.getByLabel('Password', { exact: true }).fill(PEOPLE[person].password)
  await page.getByRole('button', { name: 'Create the admin account' }).click()
}
