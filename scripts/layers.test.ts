import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { ROOT, run } from './run/process.mjs'

/** Rules that the planted files break, as dependency-cruiser reports them. */
async function violationsOf(files: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'dowser-layers-'))
  planted.push(folder)
  for (const path of ['.dependency-cruiser.mjs', 'tsconfig.json', 'lib/layers.json']) cpSync(join(ROOT, path), join(folder, path))
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const cruise = join(ROOT, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs')
  const args = [cruise, '--config', '.dependency-cruiser.mjs', '--output-type', 'json', '.']
  const { output } = await run(process.execPath, args, { cwd: folder })
  const report: { summary: { violations: { rule: { name: string } }[] } } = JSON.parse(output.slice(output.indexOf('{')))
  return [...new Set(report.summary.violations.map((violation) => violation.rule.name))].sort()
}

const planted: string[] = []
afterAll(() => {
  for (const folder of planted) rmSync(folder, { recursive: true, force: true })
})

describe('layer rules', () => {
  test('a file that keeps to its layer passes', async () => {
    expect(
      await violationsOf({
        'lib/domain/thing.ts': 'export interface Thing { readonly id: string }\n',
        'lib/stats/mean.ts': 'export const mean = (sum: number, count: number) => sum / count\n',
        'lib/names/zone.ts': "import { mean } from '@/lib/stats/mean'\nexport const zone = mean(1, 2)\n",
      }),
    ).toEqual([])
  })

  test.each([
    [
      'statistics that reach the server',
      { 'lib/stats/a.ts': "import { b } from '@/lib/server/b'\nexport const a = b\n", 'lib/server/b.ts': 'export const b = 1\n' },
      ['lib/stats imports what its layer may'],
    ],
    [
      'a type from the wrong layer',
      { 'lib/domain/a.ts': "import type { B } from '@/lib/services/b'\nexport type A = B\n", 'lib/services/b.ts': 'export type B = 1\n' },
      ['lib/domain imports what its layer may'],
    ],
    [
      'a service that knows a store adapter',
      {
        'lib/services/a.ts': "import { b } from '@/lib/store/sqlite/b'\nexport const a = b\n",
        'lib/store/sqlite/b.ts': 'export const b = 1\n',
      },
      ['adapters are imported by server, worker and command line alone', 'lib/services imports what its layer may'],
    ],
    [
      'a component that knows a service',
      {
        'components/alarm/a.tsx': "import { b } from '@/lib/services/b'\nexport const a = b\n",
        'lib/services/b.ts': 'export const b = 1\n',
      },
      ['components imports what its layer may'],
    ],
    [
      'a cycle',
      {
        'lib/domain/a.ts': "import { b } from './b'\nexport const a = b\n",
        'lib/domain/b.ts': "import { a } from './a'\nexport const b = a\n",
      },
      ['no cycles'],
    ],
    [
      'a driver outside the stores',
      { 'lib/services/a.ts': "import Database from 'better-sqlite3'\nexport const a = Database\n" },
      ['database drivers stay where they belong'],
    ],
    [
      'a folder without a layer',
      { 'lib/utils/a.ts': "import { join } from 'node:path'\nexport const a = join\n" },
      ['every file of lib has a layer'],
    ],
    ['an import of nothing', { 'lib/domain/a.ts': "import { b } from './absent'\nexport const a = b\n" }, ['every import resolves']],
  ])('%s is refused', async (_, files, expected) => {
    expect(await violationsOf(files)).toEqual(expected)
  })
})

test('every layer names only layers, or files in them', () => {
  const table: Record<string, string[]> = JSON.parse(readFileSync(join(ROOT, 'lib/layers.json'), 'utf8'))
  for (const [layer, mayImport] of Object.entries(table))
    for (const target of mayImport) expect(target, `${layer} → ${target}`).toMatch(/^(lib|components)(\/|$)/)
})
