import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { detectors } from '@/lib/detectors'
import type { Evaluation } from '@/lib/domain/evaluation'
import { evaluationSchema, judgementSchema } from '@/lib/domain/evaluation'
import { groupResult } from '@/lib/evaluation/group-result'
import { parseLabels, type Scenario } from '@/lib/evaluation/labels'
import { markdownReport } from '@/lib/evaluation/markdown'
import { textReport } from '@/lib/evaluation/report'
import { ROOT } from '../run/process.mjs'
import { runScenario } from './run-scenario'

const dataDir = join(ROOT, 'demo')
const labels = parseLabels(readFileSync(join(dataDir, 'labels.json'), 'utf8'))
const judgement = judgementSchema.parse(JSON.parse(readFileSync(new URL('judgement.json', import.meta.url), 'utf8')))

function demo(id: string): Scenario {
  const found = labels.scenarios.find((scenario) => scenario.id === id)
  if (found === undefined) throw new Error(`no scenario ${id}`)
  return found
}

test('a labelled capture is run, judged and reported, and a missing one is named and counted as missed', { timeout: 120_000 }, async () => {
  const missing: Scenario = { ...demo('iodine'), id: 'gone', files: ['gone.pcap'] }
  const runs = [await runScenario(demo('iodine'), { dataDir, detectors }), await runScenario(missing, { dataDir, detectors })]
  const group = groupResult('lab', runs, detectors)
  expect(group).toMatchObject({
    failed: [{ scenario: 'gone', reason: 'missing: gone.pcap' }],
    own: { recall: { found: 1, total: 2 }, naming: { right: 1, wrong: 0, missed: 1 } },
  })
  const evaluation: Evaluation = {
    ...{ measuredAt: '2026-11-21T00:00:00.000Z', version: '0', share: 'test', scenarios: 2, groups: group === null ? [] : [group] },
    ...{ benignWeek: null, generalisation: null, judgement },
  }
  expect(evaluationSchema.parse(evaluation)).toEqual(evaluation)
  expect(textReport(evaluation)).toContain('gone (missing: gone.pcap)')
  const page = markdownReport(evaluation, detectors)
  expect(page).toContain('What is still missed, and why')
  for (const { parameter } of judgement.doubtful) expect(page).not.toContain(`, ${parameter}.**`)
})

test('a tunnel laid over benign traffic is found at the client it was given', { timeout: 120_000 }, async () => {
  const part = (file: string) => ({ files: [file] })
  const composed: Scenario = {
    ...{ ...demo('dnscat2-enc'), id: 'laid', lab: false, composed: true },
    truth: [{ zone: 'millpond-cloud.com', source: '10.9.0.101' }],
    compose: { tunnel: part('dnscat2-enc.pcap.gz'), benign: part('benign-office.pcap.gz'), at: 30, client: '10.9.0.101' },
  }
  const run = await runScenario(composed, { dataDir, detectors })
  const group = groupResult('composed', [run], detectors)
  expect(group?.tunnels).toMatchObject([{ scenario: 'laid', found: true, named: 'dnscat2' }])
})

test('files that no format reads are a failure of their scenario', async () => {
  const run = await runScenario({ ...demo('iodine'), files: ['SOURCE.md'] }, { dataDir, detectors })
  expect(run.failure).toMatch(/^SOURCE\.md: /)
})
