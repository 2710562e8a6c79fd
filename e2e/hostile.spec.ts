import { expect, sendLog, test } from './fixtures'
import { CONSOLE_PAGES } from './pages'
import { tunnelLog, zeekLine } from './tunnel-log'

const ZONE = 'hostile-names.com'
/** Made by hand: markup, a right-to-left override, NUL, a spreadsheet formula, a terminal escape. */
const HOSTILE_LABELS = [
  '<script>document.title="owned"</script>',
  '<img src=x onerror=document.title="owned">',
  '\u202egnp.exe',
  'nul\u0000byte',
  '=cmd|calc',
  '\u001b[31mred',
  '"><svg/onload=document.title="owned">',
  // With the rest of its name the longest that DNS has room for.
  `${'w'.repeat(63)}.${'w'.repeat(63)}.${'w'.repeat(60)}`,
]

/** Bidirectional controls, and control characters other than white space. */
const isTreacherous = (letter: string): boolean =>
  /[\u202a-\u202e\u2066-\u2069]/.test(letter) || (letter < ' ' && !'\t\n\r'.includes(letter))

test('names that attack the reader are shown inert on every page', async ({ page, api }) => {
  const at = Date.now() - 90_000
  const lines = HOSTILE_LABELS.map((label, index) => zeekLine(at + index, '10.20.0.66', `${label}.${'q'.repeat(40)}.${ZONE}`))
  const intake = await sendLog(api, '<img src=x onerror=alert(1)>.log', `${lines.join('\n')}\n${tunnelLog(ZONE, '10.20.0.66', at)}`)
  expect(intake.state).toBe('done')
  const { rows } = await (await api.get(`/api/v1/alarms?zone=${ZONE}`)).json()
  const alarmId: string = rows[0].id
  const own = [`/domains/${ZONE}`, `/events?q=zone:${ZONE}`]
  for (const path of [...CONSOLE_PAGES.filter((each) => each !== '/users'), ...own]) {
    await page.goto(path.replace('ALARM', alarmId))
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await expect(page).not.toHaveTitle('owned')
    expect(await page.locator('img[src="x"], svg[onload], main script:not([nonce])').count(), path).toBe(0)
    // biome-ignore lint/performance/useDomNodeTextContent: what a reader sees; textContent holds the data of scripts as well
    const text = await page.locator('body').innerText()
    expect([...text].filter(isTreacherous), path).toEqual([])
  }
})
