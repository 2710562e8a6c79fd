/**
 * Recall and false alarms on made-up programs and honest look-alikes (lib/evaluation/generalisation).
 *
 *   npx tsx bench/generalisation.ts [--seeds 3] [--first-seed 1] [--only TEXT] [--part tunnels|honest] [--json OUT] [--alarms]
 */
import { writeFileSync } from 'node:fs'
import { measureGeneralisation } from '@/lib/evaluation/generalisation/measure'

function option(name: string, otherwise: string): string {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise)
}

const isTelling = process.argv.includes('--alarms')
const [only, part] = [option('only', ''), option('part', '')]
const result = measureGeneralisation(
  {
    seeds: Number(option('seeds', '3')),
    firstSeed: Number(option('first-seed', '1')),
    measuredAt: new Date().toISOString(),
    tunnels: ({ id }) => part !== 'honest' && id.includes(only),
    honest: ({ id }) => part !== 'tunnels' && id.includes(only),
  },
  (line, alarms) => {
    console.error(line)
    if (isTelling)
      for (const { detector, severity, score, zone, source, tool, summary } of alarms)
        console.error(`    ${detector} ${severity} ${score.toFixed(0)} ${zone} ${source} ${tool?.name ?? ''}: ${summary}`)
  },
)
if (option('json', '') !== '') writeFileSync(option('json', ''), `${JSON.stringify(result, null, 1)}\n`)
