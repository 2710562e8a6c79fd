import { readFileSync } from 'node:fs'
import type { Locator, Page } from '@playwright/test'
import { expect, sendLog, test } from './fixtures'
import { ordinaryLog, tunnelLog } from './tunnel-log'

const upload = (page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }) =>
  page.locator('input[type="file"]').setInputFiles(file)

/** The number beside its word in an account. */
const figure = (account: Locator, word: string): Locator => account.locator('dt', { hasText: word }).locator('+ dd')

test('a capture is uploaded with progress and counts, and a second time adds nothing', async ({ page }) => {
  await page.goto('/sources')
  const card = page.getByRole('article', { name: 'Import of dns2tcp-txt.pcap.gz' })
  for (const known of ['0', '1,740']) {
    await upload(page, 'demo/dns2tcp-txt.pcap.gz')
    // The day around it is read again, while other journeys send logs of their own.
    await expect(card.getByRole('status')).toContainText('pcap', { timeout: 60_000 })
    await expect(figure(card, 'DNS lookups')).toHaveText('1,740')
    await expect(figure(card, 'Already known')).toHaveText(known)
    await expect(figure(card, 'Rejected')).toHaveText('0')
    await card.getByRole('button', { name: /^Put away/ }).click()
    await expect(card).toHaveCount(0)
  }
})

test('the account of a second import says that everything was known', async ({ api }) => {
  const log = tunnelLog('imported-twice.com', '10.20.0.9', Date.now() - 120_000, 300)
  expect(await sendLog(api, 'twice.log', log)).toMatchObject({ state: 'done', records: 300, dnsEvents: 300, duplicates: 0, rejected: 0 })
  expect(await sendLog(api, 'twice.log', log)).toMatchObject({ state: 'done', records: 300, dnsEvents: 300, duplicates: 300, rejected: 0 })
})

test.describe('what is no log', () => {
  test.use({ provoked: [400] })

  test('is refused with what was tried', async ({ page }) => {
    await page.goto('/sources')
    await upload(page, { name: 'holiday.log', mimeType: 'text/plain', buffer: Buffer.from('Dear diary,\ntoday nothing resolved.\n') })
    const card = page.getByRole('article', { name: 'Import of holiday.log' })
    await expect(card.getByRole('status')).toHaveText('Not imported')
    await expect(card).toContainText('Dear diary')
    await expect(card).toContainText('Zeek')
  })
})

test('a broken line is rejected with its number and reason, the rest is kept', async ({ api }) => {
  const good = tunnelLog('broken-line.com', '10.20.0.10', Date.now() - 120_000, 20)
    .trimEnd()
    .split('\n')
  const log = [...good.slice(0, 10), '{"ts": "when?", "query": 7', ...good.slice(10), ''].join('\n')
  const intake = await sendLog(api, 'broken.log', log)
  expect(intake).toMatchObject({ state: 'done', records: 21, dnsEvents: 20, rejected: 1 })
  expect(intake.rejects[0]?.samples[0]).toMatchObject({ recordNo: 11 })
})

test('every row of an upload beyond 11 MB is kept', async ({ api }) => {
  const { text, lines } = ordinaryLog(11.5 * 2 ** 20, '10.20.0.11', Date.now() - 60_000)
  expect(await sendLog(api, 'large.log', text)).toMatchObject({ state: 'done', records: lines, dnsEvents: lines, rejected: 0 })
})

test('a truncated archive keeps what could be read and says where it ended', async ({ api }) => {
  const whole = readFileSync('demo/slow-b32.pcap.gz')
  const intake = await sendLog(api, 'cut.pcap.gz', whole.subarray(0, Math.floor(whole.byteLength / 2)))
  expect(intake.problems.join(' ')).toMatch(/truncated|end/i)
  expect(intake.dnsEvents).toBeGreaterThan(100)
})
