import { type APIRequestContext, type Browser, test as base, expect, type Page } from '@playwright/test'
import type { IntakeResponse } from '../lib/api/contracts/sources'
import type { AlarmRow } from '../lib/domain/alarm'
import type { Intake } from '../lib/domain/intake'
import { type Person, sessionFile } from './people'
import { BASE_URL } from './server-address'
import { tunnelLog } from './tunnel-log'

export { expect }

interface Fixtures {
  /** Who is signed in on `page`; null: nobody. */
  person: Person | null
  /** HTTP statuses that this test provokes; the browser reports them on its console. */
  provoked: readonly number[]
  /** Everything that went wrong on the console or left the origin; the test fails when there is any. */
  complaints: string[]
  /** The API as an analyst calls it. */
  api: APIRequestContext
  /** Makes an alarm of its own for a test: a tunnel under `zone` in a log that the analyst sends. */
  seedAlarm: (zone: string, source?: string) => Promise<AlarmRow>
}

export const test = base.extend<Fixtures>({
  person: ['analyst', { option: true }],
  provoked: [[], { option: true }],
  storageState: async ({ person }, use) => use(person === null ? { cookies: [], origins: [] } : sessionFile(person)),

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads a fixture's needs off its first argument
  complaints: async ({}, use) => {
    const complaints: string[] = []
    await use(complaints)
    expect(complaints, 'console errors, policy violations and requests to elsewhere').toEqual([])
  },
  page: async ({ page, provoked, complaints }, use) => {
    watch(page, complaints, provoked)
    await use(answering(page))
  },

  api: async ({ playwright }, use) => {
    const api = await playwright.request.newContext({
      baseURL: BASE_URL,
      storageState: sessionFile('analyst'),
      extraHTTPHeaders: { origin: BASE_URL },
    })
    await use(api)
    await api.dispose()
  },
  seedAlarm: async ({ api }, use) => {
    await use(async (zone, source = '10.20.0.5') => {
      await sendLog(api, `${zone}.log`, tunnelLog(zone, source, Date.now() - 60_000))
      return alarmOf(api, zone)
    })
  },
})

/** The same page, whose `goto` and `reload` return when its buttons answer: what is clicked before React has taken the page over is lost. */
function answering(page: Page): Page {
  const goto = page.goto.bind(page)
  const reload = page.reload.bind(page)
  page.goto = async (...to) => {
    const response = await goto(...to)
    await answers(page)
    return response
  }
  page.reload = async (...how) => {
    const response = await reload(...how)
    await answers(page)
    return response
  }
  return page
}

/** React marks the elements that it has taken over with a property of this name. */
const answers = (page: Page) =>
  page.waitForFunction(
    () => [...document.querySelectorAll('button')].every((button) => Object.keys(button).some((key) => key.startsWith('__reactProps$'))),
    undefined,
    { timeout: 30_000 },
  )

/** Collects what a page must never do. */
export function watch(page: Page, complaints: string[], provoked: readonly number[] = []): void {
  page.on('pageerror', (error) => complaints.push(`uncaught: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() !== 'error' && !/Content Security Policy/i.test(message.text())) return
    const status = /Failed to load resource: .* status of (\d+)/.exec(message.text())?.[1]
    if (status === undefined || !provoked.includes(Number(status))) complaints.push(`console: ${message.text()}`)
  })
  page.on('request', (request) => {
    if (!/^(data|blob):/.test(request.url()) && new URL(request.url()).origin !== BASE_URL) complaints.push(`request: ${request.url()}`)
  })
}

/** A second person's page, watched like the first. */
export async function pageOf(browser: Browser, person: Person, complaints: string[], provoked: readonly number[] = []): Promise<Page> {
  const context = await browser.newContext({ storageState: sessionFile(person), baseURL: BASE_URL, locale: 'en-GB', timezoneId: 'UTC' })
  const page = await context.newPage()
  watch(page, complaints, provoked)
  return answering(page)
}

/** Sends a log and waits until it is stored and analysed. */
export async function sendLog(api: APIRequestContext, name: string, log: string | Buffer): Promise<Intake> {
  const response = await api.post(`/api/v1/events?name=${encodeURIComponent(name)}`, {
    data: Buffer.from(log),
    headers: { 'content-type': 'application/octet-stream' },
    timeout: 120_000,
  })
  expect(response.status(), await response.text()).toBeLessThan(300)
  const { intake }: IntakeResponse = await response.json()
  let latest = intake
  await expect(async () => {
    const answer: IntakeResponse = await (await api.get(`/api/v1/sources/${intake.id}`)).json()
    latest = answer.intake
    expect(['done', 'failed']).toContain(latest.state)
  }).toPass({ timeout: 30_000 })
  return latest
}

/** The detector whose alarms the journeys are about; another may raise one of its own for the same zone. */
const DETECTOR = 'dns_lookup_tunneling'

/** The queue, narrowed to the journey's alarm. */
export const queueOf = (zone: string, status = 'open'): string => `/alarms?zone=${zone}&detector=${DETECTOR}&status=${status}`

/** The newest alarm of a zone, whatever its status. */
export async function alarmOf(api: APIRequestContext, zone: string): Promise<AlarmRow> {
  const response = await api.get(`/api/v1/alarms?zone=${zone}&detector=${DETECTOR}&sort=newest`)
  expect(response.status(), await response.text()).toBe(200)
  const { rows }: { rows: AlarmRow[] } = await response.json()
  const [alarm] = rows
  if (!alarm) throw new Error(`no alarm of ${zone}`)
  return alarm
}
