import { SeverityBadge } from '@/components/ui/severity-badge'
import type { GroupResult, RuleResult, TunnelRow } from '@/lib/domain/evaluation'
import { figure, foundOf, provenRate, shareOf, span } from './figures'
import { type Column, FigureTable, type Row } from './table'

const COMPARED: readonly Column[] = [
  { title: 'Rule' },
  { title: 'Tunnels found', isNumber: true },
  { title: 'Median delay', isNumber: true },
  { title: 'Worst delay', isNumber: true, isDetail: true },
  { title: 'Lookups needed, median', isNumber: true, isDetail: true },
  { title: 'False alarms', isNumber: true },
  { title: 'Per 1,000 clients a day', isNumber: true, isDetail: true },
  { title: 'Benign captures without any', isNumber: true, isDetail: true },
]

/** Our detectors and the rules of others over the same lookups. */
export function ComparedRules({ group }: { readonly group: GroupResult }) {
  const rows = [group.own, ...group.peers].map((rule, index) => comparedRow(rule, index === 0))
  return <FigureTable caption="Our detectors beside the rules of others" columns={COMPARED} rows={rows} />
}

function comparedRow(rule: RuleResult, isOwn: boolean): Row {
  const { falseAlarms, delayMs, queriesNeeded } = rule
  const [name, ...words] = rule.title.split(': ')
  const cells = [
    <span key="rule">
      {name}
      {words.length > 0 ? <span className="block font-normal text-muted text-xs">{words.join(': ')}</span> : null}
    </span>,
    <Found key="found" recall={rule.recall} />,
    span(delayMs?.median),
    span(delayMs?.worst),
    queriesNeeded === null ? '–' : figure(queriesNeeded.median),
    figure(falseAlarms.count),
    <ProvenRate key="rate" rate={falseAlarms.per1000ClientsADay} />,
    falseAlarms.benign.scenarios === 0 ? '–' : `${falseAlarms.benign.quiet} of ${falseAlarms.benign.scenarios}`,
  ]
  return { key: rule.id, isOwn, cells }
}

/** The share as a bar, and in figures. */
function Found({ recall }: { readonly recall: RuleResult['recall'] }) {
  const share = shareOf(recall)
  if (share === null) return '–'
  return (
    <span className="inline-flex flex-col items-end gap-1">
      <span className="whitespace-nowrap">{foundOf(recall)}</span>
      <svg aria-hidden="true" viewBox="0 0 100 6" preserveAspectRatio="none" className="h-1 w-14 rounded-sm">
        <rect width="100" height="6" className="fill-chart-grid" />
        <rect width={share * 100} height="6" className="fill-chart-series" />
      </svg>
    </span>
  )
}

function ProvenRate({ rate }: { readonly rate: RuleResult['falseAlarms']['per100kLookups'] }) {
  const shown = provenRate(rate)
  if (shown === null) return '–'
  return (
    <>
      {shown.measured}
      <span className="block text-faint text-xs">{shown.proven} proven</span>
    </>
  )
}

const ADDED: readonly Column[] = [
  { title: 'Part' },
  { title: 'Found without it', isNumber: true },
  { title: 'False alarms without it', isNumber: true },
  { title: 'Found by it alone', isNumber: true },
  { title: 'At medium or above', isNumber: true, isDetail: true },
]

/** What is lost without each part, and what each finds alone. */
export function AddedByParts({ group }: { readonly group: GroupResult }) {
  const all: Row = {
    key: 'all',
    isOwn: true,
    cells: ['Everything on', foundOf(group.own.recall), figure(group.own.falseAlarms.count), '', ''],
  }
  const rows = group.ablation.map(({ part, title, without, alone }) => ({
    key: part,
    cells: [
      title,
      foundOf(without.recall),
      figure(without.falseAlarms),
      alone === null ? '–' : foundOf(alone.recall),
      alone === null ? '–' : figure(alone.recall.atMedium),
    ],
  }))
  return <FigureTable caption="What each part adds" columns={ADDED} rows={[all, ...rows]} />
}

const PARTS: readonly Column[] = [
  { title: 'Kind' },
  { title: 'Found', isNumber: true },
  { title: 'At medium severity or above', isNumber: true },
]

export function FoundBy({ parts, caption }: { readonly parts: RuleResult['byTool']; readonly caption: string }) {
  const rows = Object.entries(parts).map(([key, recall]) => ({ key, cells: [key, foundOf(recall), figure(recall.atMedium)] }))
  return <FigureTable caption={caption} columns={PARTS} rows={rows} />
}

const TUNNELS: readonly Column[] = [
  { title: 'Tunnel' },
  { title: 'Result' },
  { title: 'Delay', isNumber: true },
  { title: 'Lookups needed', isNumber: true },
  { title: 'Lookups (names)', isNumber: true, isDetail: true },
  { title: 'Lasts', isNumber: true, isDetail: true },
  { title: 'Tool named', isDetail: true },
]

export function EveryTunnel({ tunnels }: { readonly tunnels: readonly TunnelRow[] }) {
  const rows = tunnels.map((tunnel) => ({
    key: tunnel.scenario,
    cells: [
      <span key="name" className="break-all">
        {tunnel.scenario}
        <span className="block text-muted text-xs">{tunnel.class}</span>
      </span>,
      tunnel.severity === null ? (
        <strong key="missed" className="font-semibold text-danger">
          Missed
        </strong>
      ) : (
        <SeverityBadge key="found" severity={tunnel.severity} />
      ),
      span(tunnel.delayMs),
      tunnel.queriesNeeded === null ? '–' : figure(tunnel.queriesNeeded),
      `${figure(tunnel.queries)} (${figure(tunnel.distinctNames)})`,
      span(tunnel.spanMs),
      tunnel.found ? (tunnel.named ?? 'no name given') : '–',
    ],
  }))
  return <FigureTable caption="Every tunnel" columns={TUNNELS} rows={rows} />
}
