import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

// A build imports every route and page. Whatever an import opens, the build would leave behind in the image.
it('importing every route opens no database and makes no folder', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'dowser-build-'))
  const dataDir = join(scratch, 'data')
  const routes = readdirSync(join(root, 'app/api'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('route.ts'))
  expect(routes.length).toBeGreaterThan(20)
  const program = routes.map((name) => `await import(${JSON.stringify(join(root, 'app/api', name))})`).join('\n')
  execFileSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', program], {
    cwd: root,
    env: { DOWSER_DATA: dataDir, NODE_ENV: 'production' },
    stdio: 'pipe',
  })
  expect(existsSync(dataDir)).toBe(false)
  rmSync(scratch, { recursive: true })
}, 120_000)
