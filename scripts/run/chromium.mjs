import { existsSync } from 'node:fs'
import { ExpectedError, run, tail } from './process.mjs'

/** Where distributions and Chrome's own installers put it; DOWSER_CHROMIUM names another. */
const KNOWN_PATHS = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

/**
 * A browser on this machine for the browser tests, or null.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 */
export function findChromium(env = process.env) {
  return [env.DOWSER_CHROMIUM, ...KNOWN_PATHS].find((path) => path && existsSync(path)) ?? null
}

async function playwrightHasItsOwn() {
  const { chromium } = await import('@playwright/test')
  return existsSync(chromium.executablePath())
}

/** Makes sure that there is a browser: one that is present, else Debian's package when we may install it. */
export async function ensureChromium(say) {
  if (findChromium() || (await playwrightHasItsOwn())) return
  const mayInstall = existsSync('/usr/bin/apt-get') && process.getuid?.() === 0
  if (!mayInstall)
    throw new ExpectedError('The browser tests need Chromium or Chrome. Install one, or name its program in DOWSER_CHROMIUM.')
  say('Installing Chromium (Debian package) …')
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update', '-q'], { env })
  const { code, output } = await run('apt-get', ['install', '-y', '-q', '--no-install-recommends', 'chromium'], { env })
  if (code !== 0 || !findChromium()) throw new ExpectedError(`Chromium could not be installed:\n\n${tail(output)}`)
}
