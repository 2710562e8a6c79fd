import { expect, test } from './fixtures'

test('the command palette decides, opens and goes anywhere by keyboard alone', async ({ page, api, seedAlarm }) => {
  const alarm = await seedAlarm('palette-journey.com')
  await page.goto('/alarms?zone=palette-journey.com&rows=alarms')
  await expect(page.getByRole('row').filter({ hasText: 'palette-journey.com' }).first()).toBeVisible()
  const search = page.getByRole('combobox', { name: /^Search pages/ })

  const openPalette = async () => {
    await page.keyboard.press('Control+k')
    await expect(search).toBeFocused()
  }

  await page.keyboard.press('j')
  await openPalette()
  await page.keyboard.type('write a note')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: /^Note ALM-/ })).toBeVisible()
  await page.keyboard.press('Escape')

  await openPalette()
  await page.keyboard.type(alarm.id.toLowerCase())
  await expect(page.getByRole('option', { name: `Open the alarm ${alarm.id}` }).or(page.getByRole('option').first())).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(new RegExp(`/alarms/${alarm.id}$`))

  await openPalette()
  await page.keyboard.type('palette-journey.com')
  await page.getByRole('option', { name: 'Domain palette-journey.com' }).click()
  await expect(page).toHaveURL(/\/domains\/palette-journey\.com$/)

  await openPalette()
  await page.keyboard.type('theme dark')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark')
  expect((await api.get('/api/v1/me')).status()).toBe(200)
})

test('with shortcuts off, Ctrl K is left to the browser and the button still opens the palette', async ({ page }) => {
  await page.goto('/account')
  await page.getByRole('checkbox', { name: 'Keyboard shortcuts' }).click()
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('dialog', { name: 'Search and commands' })).toHaveCount(0)
  await page.getByRole('button', { name: 'Search, commands' }).click()
  await expect(page.getByRole('dialog', { name: 'Search and commands' })).toBeVisible()
})
