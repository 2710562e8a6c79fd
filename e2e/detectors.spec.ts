import AxeBuilder from '@axe-core/playwright'
import { expect, test } from './fixtures'

const PAGE = '/detectors/dns_lookup_tunneling'

test.describe('an admin', () => {
  test.use({ person: 'admin' })

  test('changes a setting by keyboard after a preview, finds it in the audit log, and takes it back', async ({ page, seedAlarm }) => {
    await seedAlarm('settings-journey.com')
    await page.goto('/detectors')
    await page.getByRole('link', { name: 'DNS lookup tunnelling', exact: true }).focus()
    await page.keyboard.press('Enter')
    await expect(page).toHaveURL(new RegExp(PAGE))

    const field = page.getByRole('textbox', { name: 'Names of any kind in 5 minutes' })
    await field.focus()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('7')
    await expect(page.getByText('Must be between 30 and 10000')).toBeVisible()
    await page.keyboard.press('ControlOrMeta+a')
    await page.keyboard.type('400')

    await page.getByRole('button', { name: 'Preview the change' }).focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText(/On the stored history .* this change would have/)).toBeVisible({ timeout: 60_000 })

    await page.getByRole('button', { name: 'Save…' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await expect(dialog.getByText('100 → 400')).toBeVisible()
    await dialog.getByRole('button', { name: 'Save 1 change' }).click()
    await expect(dialog.getByText('Say why, in at least 3 characters.')).toBeVisible()
    await dialog.getByRole('textbox', { name: 'Why?' }).fill('busy resolvers here')
    await dialog.getByRole('button', { name: 'Save 1 change' }).click()
    await expect(page.getByText('Settings saved')).toBeVisible()
    await expect(field).toHaveValue('400')

    await page.goto('/audit?entity=detector')
    await expect(page.getByRole('row', { name: /detector\.changed/ }).first()).toContainText('volumeNames: 100 (default) → 400')

    await page.goto(PAGE)
    await page.getByRole('button', { name: 'Take back' }).first().focus()
    await page.keyboard.press('Enter')
    await expect(page.getByText('Taken back', { exact: true })).toBeVisible()
    await expect(field).toHaveValue('100')
  })

  test('switches a detector off: every page says so until it is on again', async ({ page }) => {
    await page.goto('/detectors/dns_tunnel_tool')
    const save = async (name: string, why: string) => {
      await page.getByRole('button', { name }).click()
      await page.getByRole('button', { name: 'Save…' }).click()
      await page.getByRole('textbox', { name: 'Why?' }).fill(why)
      await page.getByRole('button', { name: 'Save 1 change' }).click()
      await expect(page.getByText('Settings saved')).toBeVisible()
    }
    await save('Switch off', 'an exercise is under way')
    await expect(page.getByText('This detector is switched off')).toBeVisible()
    await page.goto('/alarms')
    await expect(page.getByRole('region', { name: 'Detectors that are off' })).toBeVisible()
    await page.goto('/coverage')
    await expect(page.getByText('off', { exact: true }).first()).toBeVisible()
    await page.goto('/detectors/dns_tunnel_tool')
    await save('Switch on', 'the exercise is over')
    await expect(page.getByText('This detector is switched off')).toHaveCount(0)
  })

  test('sees what is wrong with an exception while writing it', async ({ page }) => {
    await page.goto('/detectors/dns_tunneling_nslookup')
    await page.getByRole('textbox', { name: 'Query (KQL)' }).fill('host.name: (')
    await expect(page.getByRole('alert').filter({ hasText: /\w/ })).toBeVisible()
    await page.getByRole('textbox', { name: 'Query (KQL)' }).fill('host.name: build-1')
    await page.getByRole('textbox', { name: 'Why', exact: true }).fill('a build server')
    await page.getByRole('button', { name: 'Add' }).click()
    await expect(page.getByText('1 change not saved')).toBeVisible()
    const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']).analyze()
    expect(violations).toEqual([])
  })
})

test.describe('an analyst', () => {
  test.use({ provoked: [403] })

  test('reads the settings and cannot change them, nor read the audit log', async ({ page }) => {
    await page.goto(PAGE)
    await expect(page.getByRole('textbox', { name: 'Names of any kind in 5 minutes' })).not.toBeEditable()
    await expect(page.getByRole('button', { name: 'Switch off' })).toHaveAttribute('aria-disabled', 'true')
    await expect(page.getByRole('button', { name: 'Preview the change' })).toHaveCount(0)
    await page.goto('/audit')
    await expect(page.getByText('You do not have permission to see this page')).toBeVisible()
    expect((await page.request.get('/api/v1/audit/export')).status()).toBe(403)
  })
})

test.describe('a manager', () => {
  test.use({ person: 'manager' })

  test('exports what the filter of the audit log leaves', async ({ page }) => {
    await page.goto('/audit')
    await expect(page.getByRole('heading', { level: 1, name: 'Audit' })).toBeVisible()
    const answer = await page.request.get('/api/v1/audit/export?entity=detector')
    expect(answer.headers()['content-type']).toContain('text/csv')
    expect(await answer.text()).toContain('time,who,action,entity,entityId,detail')
  })
})
