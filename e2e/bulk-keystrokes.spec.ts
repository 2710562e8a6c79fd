import { expect, queueOf, test } from './fixtures'

/**
 * How many keys each outcome takes, from the row under the cursor to the stored decision. A combination counts as one.
 * With a story, what is decided are all alarms of the domain.
 */
const OUTCOMES = [
  { outcome: 'escalated', keys: ['s', 'Enter'], rows: 'alarms', status: 'escalated' },
  { outcome: 'closed with a reason', keys: ['e', '5'], rows: 'alarms', status: 'closed' },
  { outcome: 'closed as benign, with the service', keys: ['e', '3', 'b'], rows: 'alarms', status: 'closed' },
  { outcome: 'closed as CDN and ignored from now on', keys: ['f', '3', 'b', 'Control+Enter'], rows: 'alarms', status: 'closed' },
  { outcome: 'closed as false positive and ignored', keys: ['f', 'Control+Enter'], rows: 'alarms', status: 'closed' },
  { outcome: 'all of the domain closed', keys: ['*', 'd', 'e', '5'], rows: 'alarms', status: 'closed' },
  { outcome: 'all of the domain escalated', keys: ['*', 'd', 's', 'Enter'], rows: 'alarms', status: 'escalated' },
  { outcome: 'all of the domain ignored', keys: ['*', 'd', 'f', 'Control+Enter'], rows: 'alarms', status: 'closed' },
  { outcome: 'a story escalated', keys: ['s', 'Enter'], rows: 'stories', status: 'escalated' },
  { outcome: 'a story closed and ignored', keys: ['f', 'Control+Enter'], rows: 'stories', status: 'closed' },
] as const

/** A sheet that still counts what it would do takes no confirmation: a person waits for the button as well. */
const CONFIRMS: ReadonlySet<string> = new Set(['Enter', 'Control+Enter'])

for (const [index, { outcome, keys, rows, status }] of OUTCOMES.entries()) {
  test(`${keys.length} keys: ${outcome} (${keys.join(' ')}), and z takes it back`, async ({ page, api, seedAlarm }) => {
    const zone = `keys-${index}-journey.com`
    const { id } = await seedAlarm(zone)
    await page.goto(`${queueOf(zone)}&rows=${rows}`)
    await expect(page.getByText(zone).first()).toBeVisible()
    const stored = async () => (await (await api.get(`/api/v1/alarms/${id}`)).json()).alarm.status
    for (const key of keys) {
      if (CONFIRMS.has(key)) await expect(page.getByRole('dialog').locator('button[type=submit]:not([aria-disabled=true])')).toBeVisible()
      await page.keyboard.press(key)
      // The selection is frozen on the server before its sheet can open.
      if (key === 'd') await expect(page.getByRole('region', { name: 'Selection' })).toContainText(/\d+ alarms? selected/)
    }
    await expect.poll(stored).toBe(status)
    await expect(page.getByRole('button', { name: 'Undo' }).first()).toBeVisible()
    await page.keyboard.press('z')
    await expect.poll(stored).toBe('open')
  })
}
