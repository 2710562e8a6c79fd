import { expect, test } from './fixtures'

test.use({ person: 'admin' })

const FORM = { name: 'Add source' } as const

test('a sender is added by keyboard, its key delivers, until it is paused and removed', async ({ page, playwright, baseURL }) => {
  await page.goto('/sources')
  await page.getByRole('button', FORM).focus()
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog')
  await dialog.getByPlaceholder(/Winlogbeat/).fill('fluent')
  await dialog.getByRole('button', { name: /^Fluent Bit/ }).press('Enter')
  await dialog.getByLabel('Name').fill('e2e resolver')
  await page.keyboard.press('Enter')

  const secret = (await dialog.getByTestId('secret').textContent()) ?? ''
  expect(secret).toMatch(/^dsk_[\w-]{43}$/)
  await expect(dialog.getByText('Name                es')).toContainText(secret)
  await dialog.getByRole('button', { name: 'Done' }).press('Enter')

  await expect(page.getByRole('heading', { level: 1, name: /e2e resolver/ })).toContainText('Waiting')
  await expect(page.getByText(secret)).toHaveCount(0)

  const sender = await playwright.request.newContext({
    ...(baseURL && { baseURL }),
    extraHTTPHeaders: { authorization: `Bearer ${secret}` },
  })
  const event = {
    '@timestamp': new Date().toISOString(),
    dns: { question: { name: 'www.example.org', type: 'A' } },
    source: { ip: '10.20.0.30' },
  }
  const deliver = () =>
    sender.post('/_bulk', {
      data: `{"create":{"_index":"logs-dns"}}\n${JSON.stringify({ ...event, dns: { ...event.dns, type: 'query', id: '7' } })}\n`,
      headers: { 'content-type': 'application/x-ndjson' },
    })
  expect((await deliver()).status()).toBe(200)
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Receiving', { timeout: 15_000 })

  await page.getByRole('button', { name: 'Pause' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paused')
  expect((await deliver()).status()).toBe(401)
  await page.getByRole('button', { name: 'Resume' }).press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).not.toContainText('Paused')
  expect((await deliver()).status()).toBe(200)

  await page.getByRole('button', { name: 'Remove', exact: true }).press('Enter')
  await page.getByRole('button', { name: 'Remove source' }).press('Enter')
  await expect(page).toHaveURL(/\/sources$/)
  await expect(page.getByRole('link', { name: 'e2e resolver' })).toHaveCount(0)
  expect((await deliver()).status()).toBe(401)
  await sender.dispose()
})

test('a listener beyond this machine has to be confirmed', async ({ page }) => {
  await page.goto('/sources')
  await page.getByRole('button', FORM).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /^Any syslog over UDP/ }).click()
  await dialog.getByLabel('Listen on').fill('0.0.0.0')
  await dialog.getByRole('button', FORM).click()
  await expect(dialog.getByRole('alert')).toContainText('has to be confirmed')
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})

test.describe('an analyst', () => {
  test.use({ person: 'analyst' })

  test('sees the ways in and is told who may add one', async ({ page }) => {
    await page.goto('/sources')
    await expect(page.getByRole('button', FORM)).toHaveAttribute('aria-disabled', 'true')
  })
})
