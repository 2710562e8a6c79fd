/**
 * Measures detection on labelled captures: ours, and published rules of others on the same lookups.
 *
 *   npm run evaluate -- LABELS.json [--data DIR] [--group real,lab,composed] [--only ID,ID] [--json OUT] [--markdown OUT] [--alarms OUT]
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { parseArguments } from '@/lib/cli/arguments'
import { UsageError } from '@/lib/cli/command'
import { detectors } from '@/lib/detectors'
import { benignWeekSchema, type Evaluation, evaluationSchema, judgementSchema } from '@/lib/domain/evaluation'
import { generalisationSchema } from '@/lib/domain/generalisation'
import { groupResult } from '@/lib/evaluation/group-result'
import { groupOf, type Labels, LabelsError, parseLabels, SCORED_GROUPS, type Scenario } from '@/lib/evaluation/labels'
import { markdownReport } from '@/lib/evaluation/markdown'
import { textReport } from '@/lib/evaluation/report'
import { judgeRun, type ScenarioRun } from '@/lib/evaluation/scenario-result'
import { version } from '@/package.json'
import { runScenario } from './run-scenario'

const USAGE = `Usage: npm run evaluate -- LABELS.json [options]

Runs every scenario of a labels file through the engine and prints recall, delay, tool naming and false alarms, beside
published rules of others. docs/evaluation.md describes the labels file.

  --data DIR          folder that the labels' files are relative to; default: the labels file's folder
  --group LIST        of real, lab, composed; default: all
  --only LIST         scenarios by id
  --json OUT          the figures, for the console's page
  --markdown OUT      the report
  --groups-from FILE  an earlier --json: takes the figures of the captures from it and runs nothing; for the made-up parts
  --alarms OUT        every alarm, one JSON object a line. It holds names from the captures: not for publication

Exit code 0 when it ran, whatever it found; 1 when the labels cannot be used; 2 for wrong usage.`

const here = new URL('.', import.meta.url)
const BENIGN_WEEK = new URL('../../docs/benign-week.json', here)
const GENERALISATION = new URL('../../docs/generalisation.json', here)
const readJson = (url: URL): unknown => JSON.parse(readFileSync(url, 'utf8'))

function chosenScenarios(labels: Labels, groups: string | undefined, only: string | undefined): Scenario[] {
  const wantedGroups = groups?.split(',') ?? [...SCORED_GROUPS]
  const unknownGroup = wantedGroups.find((group) => !SCORED_GROUPS.some((known) => known === group))
  if (unknownGroup !== undefined) throw new UsageError(`no group is called ${unknownGroup}; there are ${SCORED_GROUPS.join(', ')}`)
  const ids = only?.split(',')
  const unknownId = ids?.find((id) => !labels.scenarios.some((scenario) => scenario.id === id))
  if (unknownId !== undefined) throw new UsageError(`no scenario is called ${unknownId}`)
  return labels.scenarios.filter((scenario) => wantedGroups.includes(groupOf(scenario)) && (ids?.includes(scenario.id) ?? true))
}

const alarmLines = ({ scenario, alarms, lookups, ...rest }: ScenarioRun): string[] => {
  const { falseAlarms } = judgeRun({ scenario, alarms, lookups, ...rest }, alarms)
  return alarms.map((alarm) => JSON.stringify({ scenario: scenario.id, isFalse: falseAlarms.includes(alarm), ...alarm }))
}

/** The figures need the lookups only until a scenario is judged under every rule; groups are judged one after another. */
async function evaluate(
  labels: Labels,
  scenarios: readonly Scenario[],
  dataDir: string,
  onRun: (run: ScenarioRun) => void,
): Promise<Evaluation> {
  const groups: Evaluation['groups'] = []
  for (const group of SCORED_GROUPS) {
    const runs: ScenarioRun[] = []
    for (const scenario of scenarios.filter((candidate) => groupOf(candidate) === group)) {
      const run = await runScenario(scenario, { dataDir, detectors })
      onRun(run)
      runs.push(run)
    }
    const result = groupResult(group, runs, detectors)
    if (result !== null) groups.push(result)
  }
  return {
    ...{ measuredAt: new Date().toISOString(), version, share: labels.share, scenarios: scenarios.length, groups },
    ...beside(),
  }
}

/** What is measured apart from the labelled captures, and what people have to say. */
const beside = (): Pick<Evaluation, 'benignWeek' | 'generalisation' | 'judgement'> => ({
  benignWeek: existsSync(BENIGN_WEEK) ? benignWeekSchema.parse(readJson(BENIGN_WEEK)) : null,
  generalisation: existsSync(GENERALISATION) ? generalisationSchema.parse(readJson(GENERALISATION)) : null,
  judgement: judgementSchema.parse(readJson(new URL('judgement.json', here))),
})

function write(evaluation: Evaluation, { json, markdown }: Readonly<Record<string, string | undefined>>): void {
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(evaluation, null, 1)}\n`)
  if (markdown !== undefined) writeFileSync(markdown, markdownReport(evaluation, detectors))
}

async function main(): Promise<number> {
  const { values, flags, rest } = parseArguments(process.argv.slice(2), {
    flags: ['help'],
    values: ['data', 'group', 'only', 'json', 'markdown', 'groups-from', 'alarms'],
  })
  const [labelsPath] = rest
  if (flags.has('help')) {
    console.log(USAGE)
    return 0
  }
  const earlier = values['groups-from']
  if (earlier !== undefined) {
    write({ ...evaluationSchema.parse(JSON.parse(readFileSync(earlier, 'utf8'))), ...beside() }, values)
    return 0
  }
  if (labelsPath === undefined || rest.length > 1) throw new UsageError('name one labels file')
  const labels = parseLabels(readFileSync(labelsPath, 'utf8'))
  const scenarios = chosenScenarios(labels, values.group, values.only)
  if (scenarios.length === 0) throw new UsageError('no scenario of the labels file is to be run')
  const lines: string[] = []
  const evaluation = await evaluate(labels, scenarios, values.data ?? dirname(labelsPath), (run) => {
    console.error(`${run.scenario.id}: ${run.failure ?? `${run.lookups.length} lookups, ${run.alarms.length} alarms`}`)
    if (values.alarms !== undefined) lines.push(...alarmLines(run))
  })
  console.log(textReport(evaluation))
  write(evaluation, values)
  if (values.alarms !== undefined) writeFileSync(values.alarms, lines.map((line) => `${line}\n`).join(''))
  return 0
}

/** @returns the exit code for a failure that explains itself. */
function explain(error: unknown): number {
  if (error instanceof UsageError) {
    console.error(`evaluate: ${error.message}\n\n${USAGE}`)
    return 2
  }
  const isKnown = error instanceof LabelsError || (error instanceof Error && 'code' in error)
  if (!isKnown) throw error
  console.error(`evaluate: the labels cannot be used: ${error instanceof Error ? error.message : String(error)}`)
  return 1
}

process.exitCode = await main().catch(explain)
