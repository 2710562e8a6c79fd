import { defineConfig } from '@playwright/test'
import { BASE_URL } from './e2e/server-address'
import { findChromium } from './scripts/run/chromium.mjs'

const executablePath = findChromium()

export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  forbidOnly: true,
  fullyParallel: false,
  workers: 2,
  timeout: 180_000,
  // Two browsers and the console share the cores of a CI machine. A test that passes the second time is named as flaky in the report.
  retries: process.env.CI === undefined ? 0 : 1,
  expect: { timeout: 20_000 },
  reporter: 'list',
  use: {
    baseURL: BASE_URL,
    locale: 'en-GB',
    timezoneId: 'UTC',
    viewport: { width: 1440, height: 900 },
    trace: 'retain-on-failure',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(executablePath === null ? {} : { executablePath }),
      // No sandbox: containers and CI run as root. The rest keeps the browser from calling home.
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    },
  },
  projects: [
    { name: 'first start', testMatch: 'first-start.spec.ts' },
    { name: 'console', testMatch: '*.spec.ts', testIgnore: ['first-start.spec.ts', 'demo-removal.spec.ts'], dependencies: ['first start'] },
    { name: 'demo removal', testMatch: 'demo-removal.spec.ts', dependencies: ['console'] },
  ],
  webServer: {
    command: 'node e2e/serve.mjs',
    url: `${BASE_URL}/api/v1/health`,
    timeout: 180_000,
    stdout: 'ignore',
    stderr: 'pipe',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  },
})
