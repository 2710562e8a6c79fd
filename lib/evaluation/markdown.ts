import type { Detector } from '@/lib/detectors/detector'
import type { Evaluation, Judgement } from '@/lib/domain/evaluation'
import { TRAFFIC } from './benign-week/stream'
import { generalisationSections } from './generalisation/sections'
import { peers } from './peers'
import { formatNumber, groupSections, type Section, weekSection } from './report'

/** Cells may hold names from logs: what Markdown reads as markup is escaped. */
const cell = (text: string): string => text.replace(/[|\\`*_<>[\]]/g, '\\$&').replaceAll('\n', ' ')

function sectionText({ title, text, table }: Section, level: '##' | '###'): string {
  const rows = table === null ? [] : [row(table.head), `|${table.head.map(() => '---').join('|')}|`, ...table.rows.map(row)]
  return [`${level} ${title}`, ...text, ...(rows.length === 0 ? [] : [rows.join('\n')])].join('\n\n')
}

const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`

function doubtful(entries: Judgement['doubtful'], detectors: readonly Detector[]): string[] {
  return entries.map(({ detector, parameter, why }) => {
    const rule = detectors.find((candidate) => candidate.rule.id === detector)?.rule
    const found = rule?.parameters.find(({ id }) => id === parameter)
    const title = found === undefined ? `${detector}, ${parameter}` : `${found.label} = ${found.default} ${found.unit} (${rule?.title})`
    return `1. **${title}.** ${why}${found === undefined ? '' : ` What is given as its reason: ${found.reason}`}`
  })
}

const LABELS_FORMAT = `## Measure it yourself

    npm run evaluate -- LABELS.json [--data DIR] [--group real,lab,composed] [--only ID,ID] [--json OUT] [--markdown OUT] [--alarms OUT]

Every scenario goes through the same engine as \`dowser replay\`, one after another, in a store that is thrown away. Nothing
else is asked of the data than a labels file; the one of the demonstration captures is \`demo/labels.json\`:

    npm run evaluate -- demo/labels.json

\`--json docs/evaluation.json\` is what the console shows, \`--markdown docs/evaluation.md\` writes this page. \`--alarms\` writes
every alarm with its names, for reading at home. The made-up week is measured by \`npx tsx bench/benign-week.ts --json
docs/benign-week.json\`, the made-up programs by \`npx tsx bench/generalisation.ts --json docs/generalisation.json\`; both join the
next report.

### The labels file

\`{ "share": "what this data is", "scenarios": [ … ] }\`; each scenario has

| field | meaning |
|---|---|
| \`id\`, \`files\` | a name, and log files in any format that Dowser reads, relative to \`--data\` (default: the labels file's folder) |
| \`kind\` | \`malicious\`, \`mixed\` or \`benign\` |
| \`class\`, \`tool\` | \`bulk\`, \`slow\`, \`idle beacon\`, … and the tool, when known; both free text, tables are made by them |
| \`truth\` | where the tunnels are: \`zone\` (or \`zonePattern\` and \`namePattern\`, regular expressions), \`source\` (an address or several; absent when the log hides it), \`tool\`; rows with the same \`tunnel\` are one tunnel; \`repeatOf\` = counted elsewhere |
| \`lab\`, \`composed\` | the group; \`scoreable: false\` and \`variantOf\` leave a scenario out |
| \`clients\`, \`seconds\`, \`queries\` | exposure; counted in the data when absent (silences over two hours are left out). \`clients: null\` = unknown, kept out of rates per client |
| \`workload: "synthetic"\` | nobody behaves like this: kept out of rates per client |
| \`traffic\` | scenarios with the same value share one vote |
| \`toolDoubtful\`, \`countFalse: false\` | the tool is not known for sure; false alarms are not to be counted |
| \`year\` | of a log that does not write one |
| \`from\`, \`to\` | ISO instants, to use a part of the files |
| \`convert\` | \`{ "type": "bonelee" }\` for flow records parted by \`^\`; \`{ "type": "names", "rate": 2, "qtype": "TXT" }\` for bare names |
| \`compose\` | \`tunnel\` and \`benign\` (files, convert, from, to, year each), \`at\` seconds, \`client\`: lays one over the other |

An alarm belongs to a tunnel when its zone is the tunnel's zone, its registered domain, a parent of the zone down to it or a
child, and its source, where both sides name one, is the tunnel's client. Every other alarm is false, also in malicious
captures. Files that are missing or cannot be read are named, counted as missed, and never count as quiet.`

const methods = (): string => {
  const own = peers.map(({ title, source }) => `- ${title}. After: ${source}.`)
  const traffic = TRAFFIC.map(({ id, what, source }) => `- **${id}**: ${what}. Source: ${source}.`)
  return [
    '## The rules of others',
    'Rewritten in our own words from what their authors publish; `lib/evaluation/peers`.',
    own.join('\n'),
    '## What the made-up traffic is made of',
    'Working days rise from 6 in the morning to a plateau from 9 to 16 with a dip at noon; weekends have an eighth of it. One client in ten is a phone, one in twenty a device, one in twenty a server; beside them 3 mail servers, 2 monitoring hosts, a scanner and 3 branch forwarders that stand for 60 clients each. How busy a client is, is log-normal (median 0.8, σ 0.7).',
    traffic.join('\n'),
  ].join('\n\n')
}

/** docs/evaluation.md. */
export function markdownReport(evaluation: Evaluation, detectors: readonly Detector[]): string {
  const { measuredAt, version, share, scenarios, groups, judgement } = evaluation
  const week = weekSection(evaluation)
  const parts = [
    '# How well it detects',
    `Written by \`npm run evaluate\` on ${measuredAt.slice(0, 10)}, version ${version}, over ${formatNumber(scenarios)} scenarios (${share} data). Groups are never added together. Rates of false alarms are followed by the largest rate that the data does not rule out.`,
    ...groups.flatMap((group) => groupSections(group).map((section, index) => sectionText(section, index === 0 ? '##' : '###'))),
    ...(week === null ? [] : [sectionText(week, '##')]),
    ...generalisationSections(evaluation).map((section) => sectionText(section, '##')),
    '## What is still missed, and why',
    judgement.missed.map(({ what, why }) => `- **${what}.** ${why}`).join('\n'),
    '## The most doubtful thresholds',
    doubtful(judgement.doubtful, detectors).join('\n'),
    '## What these figures do not say',
    judgement.limits.map((limit) => `- ${limit}`).join('\n'),
    methods(),
    LABELS_FORMAT,
  ]
  return `${parts.join('\n\n')}\n`
}
