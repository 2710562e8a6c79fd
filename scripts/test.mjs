import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureChromium } from './run/chromium.mjs'
import { ensureDebianPrograms } from './run/debian.mjs'
import { ensureInstalled } from './run/install.mjs'
import { buildApp, bundle, generateClient } from './run/prepare.mjs'
import { ExpectedError, must, runMain, runTool, secondsSince, tail } from './run/process.mjs'
import { playwrightCounts, vitestCounts } from './run/test-counts.mjs'

const say = (line) => console.log(line)

const USAGE = `npm test [-- --quick]

Installs what it needs, then: lint, types, layers, unit tests, production build, browser tests.
  --quick   without build and browser tests`

const NEXT = 'node_modules/next/dist/bin/next'

/** One check: passed or failed as a whole. */
async function check(steps) {
  for (const [tool, args] of steps) {
    const { code, output } = await runTool(tool, args)
    if (code !== 0) return { passed: 0, failed: 1, output }
  }
  return { passed: 1, failed: 0, output: '' }
}

/** A test runner that writes its result to a file; a runner that dies before that counts as one failure. */
async function suite(tool, args, reportFile, env, countsOf) {
  const { code, output } = await runTool(tool, args, { env })
  const counts = readCounts(reportFile, countsOf)
  if (!counts) return { passed: 0, failed: 1, output }
  const failed = code !== 0 && counts.failed === 0 ? 1 : counts.failed
  return { passed: counts.passed, failed, output }
}

function readCounts(file, countsOf) {
  try {
    return countsOf(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}

/** A preparation that counts as a check of its own: a build that fails is a failure, not a crash of the run. */
async function attempt(make) {
  try {
    await make()
    return { passed: 1, failed: 0, output: '' }
  } catch (error) {
    if (!(error instanceof ExpectedError)) throw error
    return { passed: 0, failed: 1, output: error.message }
  }
}

function plan(reports, quick) {
  const unitReport = join(reports, 'unit.json')
  const browserReport = join(reports, 'browser.json')
  const vitest = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`]
  const steps = [
    ['lint', () => check([['node_modules/@biomejs/biome/bin/biome', ['check', '.']]])],
    [
      'types',
      () =>
        check([
          [NEXT, ['typegen']],
          ['node_modules/typescript/bin/tsc', ['--noEmit']],
        ]),
    ],
    [
      'layers',
      () =>
        check([
          [
            'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
            ['--config', '.dependency-cruiser.mjs', 'app', 'components', 'lib'],
          ],
        ]),
    ],
    ['unit tests', () => suite('node_modules/vitest/vitest.mjs', vitest, unitReport, {}, vitestCounts)],
  ]
  if (quick) return steps
  const env = { PLAYWRIGHT_JSON_OUTPUT_FILE: browserReport }
  const browser = () =>
    suite('node_modules/@playwright/test/cli.js', ['test', '--reporter=list,json'], browserReport, env, playwrightCounts)
  return [...steps, ['build', () => attempt(buildApp)], ['browser tests', browser]]
}

/** `npm test`: everything, from a fresh clone; ends with one line that sums it up. */
async function main(args) {
  if (args.includes('--help')) return say(USAGE)
  const quick = args.includes('--quick')
  await ensureInstalled(say)
  if (!quick) await ensureChromium(say)
  await ensureDebianPrograms(say)
  await must('Preparing', preparation())
  const reports = mkdtempSync(join(tmpdir(), 'dowser-test-'))
  const total = { passed: 0, failed: 0 }
  for (const [label, step] of plan(reports, quick)) {
    const begun = performance.now()
    const { passed, failed, output } = await step()
    say(`${label.padEnd(14)} ${passed} passed, ${failed} failed  (${secondsSince(begun)})`)
    if (failed > 0) say(`\n${tail(output, 120)}\n`)
    total.passed += passed
    total.failed += failed
  }
  rmSync(reports, { recursive: true, force: true })
  say(`\n${total.passed} passed, ${total.failed} failed`)
  process.exitCode = total.failed > 0 ? 1 : 0
}

async function preparation() {
  await generateClient()
  await bundle()
  return { code: 0, output: '' }
}

runMain(main)
