import type { Evaluation, GroupResult, RuleResult, TunnelRow } from '@/lib/domain/evaluation'

/** A part of the report, printed to a terminal or written as Markdown. */
export interface Section {
  readonly title: string
  readonly text: readonly string[]
  readonly table: { readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] } | null
}

const GROUPS: Readonly<Record<GroupResult['id'], string>> = {
  real: 'Real captures',
  lab: 'Live laboratory captures',
  composed: 'Tunnels laid over benign traffic (made up; each tunnel has one vote)',
}

export const formatNumber = (value: number | null, digits = 1): string =>
  value === null ? '–' : Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(digits)

export function formatSpan(ms: number | null): string {
  if (ms === null) return '–'
  const seconds = ms / 1_000
  if (seconds < 120) return `${formatNumber(Math.round(seconds * 10) / 10)} s`
  if (seconds < 7_200) return `${formatNumber(Math.round(seconds / 6) / 10)} min`
  return `${formatNumber(Math.round(seconds / 360) / 10)} h`
}

export const formatRecall = ({ found, total }: RuleResult['recall']): string =>
  total === 0 ? '–' : `${formatNumber(found)}/${formatNumber(total)} (${Math.round((100 * found) / total)} %)`

const share = (value: number | null): string => (value === null ? '–' : value.toFixed(3))

type Rate = RuleResult['falseAlarms']['per100kLookups']
const rate = (value: Rate): string => (value === null ? '–' : `${formatNumber(value.rate, 2)} (< ${value.provenBelow.toFixed(2)})`)

function recallTable(own: RuleResult, part: 'byTool' | 'byClass', title: string): Section {
  const rows = Object.entries(own[part]).map(([key, recall]) => [key, formatRecall(recall), formatNumber(recall.atMedium)])
  return { title, text: [], table: { head: [part === 'byTool' ? 'tool' : 'class', 'found', 'at medium or above'], rows } }
}

function ownSection(group: GroupResult): Section {
  const { own, failed } = group
  const { naming, falseAlarms } = own
  const severities = Object.entries(falseAlarms.bySeverity).map(([severity, count]) => `${count} ${severity}`)
  const missing = failed.map(({ scenario, reason }) => `${scenario} (${reason})`)
  return {
    title: `${GROUPS[group.id]}: ${group.scenarios} scenarios, ${formatNumber(group.lookups)} lookups, ${group.clientDays.toFixed(1)} client-days`,
    text: [
      `Tunnels found: ${formatRecall(own.recall)}, of them ${formatNumber(own.recall.atMedium)} at medium severity or above.`,
      `Tool naming: ${formatNumber(naming.right)} right, ${formatNumber(naming.wrong)} wrong, ${formatNumber(naming.unknown)} found without a name, ${formatNumber(naming.missed)} missed, of ${formatNumber(naming.nameable)}; ${naming.namedFalsely} named on false alarms. Precision ${share(naming.precision)}, recall ${share(naming.recall)}, F1 ${share(naming.f1)}.`,
      `False alarms: ${falseAlarms.count}${severities.length === 0 ? '' : ` (${severities.join(', ')})`}. ${group.suppressed} more are explained by the catalogue of benign services and kept suppressed. Benign scenarios without any: ${falseAlarms.benign.quiet}/${falseAlarms.benign.scenarios}. In ${falseAlarms.clientDays.toFixed(1)} client-days: ${rate(falseAlarms.per1000ClientsADay)} per 1,000 clients a day; per 100,000 lookups ${rate(falseAlarms.per100kLookups)}. In brackets the exact upper limit that this much data proves (Poisson, 95 %).`,
      ...(missing.length === 0 ? [] : [`Not run, ${missing.length}: ${missing.join('; ')}. Their tunnels count as missed.`]),
    ],
    table: null,
  }
}

function besideSection({ own, peers }: GroupResult): Section {
  const head = [
    ...['rule', 'found', 'delay median', '90 %', 'worst', 'queries median', '90 %', 'worst'],
    ...['false alarms', 'per 100,000 lookups', 'per 1,000 clients a day', 'quiet benign'],
  ]
  const rows = [own, ...peers].map((rule) => {
    const { falseAlarms: f, delayMs: d, queriesNeeded: q } = rule
    return [
      ...[rule.title, formatRecall(rule.recall), formatSpan(d?.median ?? null), formatSpan(d?.p90 ?? null), formatSpan(d?.worst ?? null)],
      ...[q?.median ?? null, q?.p90 ?? null, q?.worst ?? null].map((value) => formatNumber(value)),
      ...[formatNumber(f.count), rate(f.per100kLookups), rate(f.per1000ClientsADay), `${f.benign.quiet}/${f.benign.scenarios}`],
    ]
  })
  const text = ['In brackets the exact upper limit of the rate. A peer’s alarm opens at the very lookup that crosses its threshold.']
  return { title: 'Beside the rules of others, on the same lookups', text, table: { head, rows } }
}

const falseCell = (count: number, atMedium: number): string => `${formatNumber(count)} (${formatNumber(atMedium)})`

const partCells = ({ recall, falseAlarms, falseAtMedium }: GroupResult['ablation'][number]['without']): string[] => [
  formatRecall(recall),
  formatNumber(recall.atMedium),
  falseCell(falseAlarms, falseAtMedium),
]

function ablationSection({ ablation, own }: GroupResult): Section {
  const rows = ablation.map(({ title, without, alone }) => [
    title,
    ...partCells(without),
    ...(alone === null ? ['–', '–', '–'] : partCells(alone)),
  ])
  const { count, atMedium } = own.falseAlarms
  const all = ['everything on', formatRecall(own.recall), formatNumber(own.recall.atMedium), falseCell(count, atMedium), '', '', '']
  const head = [
    ...['part', 'found without it', 'at medium or above', 'false alarms (at medium)'],
    ...['found by it alone', 'at medium or above', 'false alarms (at medium)'],
  ]
  return { title: 'What each part adds', text: [], table: { head, rows: [all, ...rows] } }
}

const tunnelCells = (row: TunnelRow): string[] => [
  ...[row.scenario, row.class ?? '–', row.found ? `found, ${row.severity ?? ''}` : 'MISSED'],
  ...[formatSpan(row.delayMs), formatNumber(row.queriesNeeded), `${row.queries} (${row.distinctNames})`, formatSpan(row.spanMs)],
  row.found ? `${row.verdict}${row.named === null ? '' : ` (${row.named})`}` : '–',
  row.detectors.join(' '),
]

function tunnelSection({ tunnels }: GroupResult): Section {
  const head = ['scenario', 'class', 'result', 'delay', 'queries needed', 'queries (distinct)', 'lasts', 'tool named', 'detectors']
  return { title: 'Every tunnel', text: [], table: { head, rows: tunnels.map(tunnelCells) } }
}

function falseSection({ falseAlarms }: GroupResult): Section {
  const rows = falseAlarms.map(({ scenario, detector, severity, count }) => [scenario, detector, severity, String(count)])
  return { title: 'Every false alarm', text: [], table: { head: ['scenario', 'detector', 'severity', 'count'], rows } }
}

export function groupSections(group: GroupResult): Section[] {
  const hasTunnels = group.tunnels.length > 0
  return [
    ownSection(group),
    ...(hasTunnels ? [recallTable(group.own, 'byTool', 'Found, by tool'), recallTable(group.own, 'byClass', 'Found, by class')] : []),
    besideSection(group),
    ablationSection(group),
    ...(hasTunnels ? [tunnelSection(group)] : []),
    ...(group.falseAlarms.length > 0 ? [falseSection(group)] : []),
  ]
}

export function weekSection({ benignWeek: week }: Evaluation): Section | null {
  if (week === null) return null
  const rows = week.alarms.map(({ detector, severity, zone, count, example }) => [detector, severity, zone, String(count), example])
  return {
    title: `Made-up benign traffic: ${formatNumber(week.clients)} clients, ${week.days} days, ${formatNumber(week.lookups)} lookups`,
    text: [
      `Measured ${week.measuredAt.slice(0, 10)} with seed ${week.seed}, in ${formatSpan(week.tookMs)} and ${Math.round(week.peakMemoryBytes / 2 ** 20)} MiB at most.`,
      `False alarms: ${week.alarms.reduce((sum, { count }) => sum + count, 0)} (${week.suppressed} more are explained by the catalogue and kept suppressed); per 1,000 clients a day ${rate(week.per1000ClientsADay)}, per 100,000 lookups ${rate(week.per100kLookups)}.`,
    ],
    table: rows.length === 0 ? null : { head: ['detector', 'severity', 'zone', 'alarms', 'the first says'], rows },
  }
}

export function textReport(evaluation: Evaluation): string {
  const week = weekSection(evaluation)
  return [...evaluation.groups.flatMap(groupSections), ...(week === null ? [] : [week])].map(asText).join('\n\n')
}

function asText({ title, text, table }: Section): string {
  return [`== ${title}`, ...text, ...(table === null ? [] : [aligned([table.head, ...table.rows])])].join('\n')
}

function aligned(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)))
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
