import type { Evaluation } from '@/lib/domain/evaluation'
import type { Generalisation, SizeResult } from '@/lib/domain/generalisation'
import { SEVERITIES, type Severity } from '@/lib/domain/severity'
import { poissonUpperLimit } from '../rates'
import { formatNumber, formatSpan, type Section } from '../report'

const found = (result: SizeResult): string => `${result.found}/${result.runs}`

const naming = (tool: string | null, results: readonly SizeResult[]): string => {
  const sum = (key: 'right' | 'wrong' | 'found'): number => results.reduce((total, result) => total + result[key], 0)
  const wrong = sum('wrong') === 0 ? '' : `, ${sum('wrong')} WRONG`
  return tool === null ? `unknown to us${wrong}` : `${sum('right')}/${sum('found')} as ${tool}${wrong}`
}

const total = (results: readonly SizeResult[], key: 'runs' | 'found' | 'atMedium' | 'wrong' | 'falseAlarms'): number =>
  results.reduce((sum, result) => sum + result[key], 0)

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${part}/${whole} (${((100 * part) / whole).toFixed(1)} %)`)

function tunnelSection({ measuredAt, seeds, tunnels }: Generalisation): Section {
  const [few, many] = [tunnels.map((kind) => kind.few), tunnels.map((kind) => kind.many)]
  const all = [...few, ...many]
  return {
    title: `Made-up programs, written from published protocols: ${tunnels.length} kinds, ${total(all, 'runs')} sessions`,
    text: [
      `Made up from published descriptions, and looked at while detectors were mended, so development data as well; measured ${measuredAt.slice(0, 10)} with ${seeds} seeds for each size, beside the traffic of a dozen people at work. These figures are never added to those of real captures.`,
      `Found: ${percent(total(few, 'found'), total(few, 'runs'))} of the sessions with 20 to 59 lookups, ${percent(total(many, 'found'), total(many, 'runs'))} of those with 60 to 400; at medium severity or above ${percent(total(all, 'atMedium'), total(all, 'runs'))}. Sessions with a wrong name: ${total(all, 'wrong')}. Alarms on anything but the program: ${total(all, 'falseAlarms')}.`,
    ],
    table: {
      head: [
        'program',
        '20–59 lookups',
        '60–400 lookups',
        'at medium',
        'named',
        'lookups until found (60–400, median)',
        'after',
        'what it does',
        'written from',
      ],
      rows: tunnels.map(({ id, tool, what, source, few: small, many: large }) => [
        ...[id, found(small), found(large), `${small.atMedium + large.atMedium}/${small.runs + large.runs}`, naming(tool, [small, large])],
        ...[formatNumber(large.queriesNeeded), formatSpan(large.delayMs), what, source],
      ]),
    },
  }
}

type Counts = Partial<Record<Severity, number>>
const countsText = (counts: Counts): string =>
  SEVERITIES.flatMap((severity) => ((counts[severity] ?? 0) === 0 ? [] : [`${counts[severity]} ${severity}`])).join(', ') || '0'
const sumOf = (all: readonly Counts[]): Counts =>
  Object.fromEntries(SEVERITIES.map((severity) => [severity, all.reduce((sum, counts) => sum + (counts[severity] ?? 0), 0)]))
const countOf = (counts: Counts): number => Object.values(counts).reduce((sum, count) => sum + count, 0)

function honestSection({ seeds, clients, hours, honest }: Generalisation): Section {
  const lookups = honest.reduce((sum, kind) => sum + kind.lookups, 0)
  const [on, off] = [sumOf(honest.map((kind) => kind.withCatalogue)), sumOf(honest.map((kind) => kind.without))]
  const quiet = honest.filter((kind) => countOf(kind.withCatalogue) === 0).length
  const limit = poissonUpperLimit(countOf(on)) / (lookups / 100_000)
  return {
    title: `Made-up honest traffic that looks like a tunnel: ${honest.length} kinds, ${formatNumber(lookups)} lookups`,
    text: [
      `Each kind by itself, on ${clients} clients that also work, for ${hours} hours and ${seeds} seeds; vendors and domains are invented, so no list knows them unless the kind says so. The kinds are chosen for being hard, so this is no rate of any network.`,
      `Open alarms: ${countsText(on)}; with the catalogue off ${countsText(off)}. Kinds without any: ${quiet}/${honest.length}. Per 100,000 lookups ${formatNumber(countOf(on) / (lookups / 100_000), 2)} (< ${limit.toFixed(2)}).`,
    ],
    table: {
      head: ['kind', 'lookups', 'open alarms', 'with the catalogue off', 'what it does', 'after'],
      rows: honest.map((kind) => [
        ...[kind.id, formatNumber(kind.lookups), countsText(kind.withCatalogue), countsText(kind.without), kind.what, kind.source],
      ]),
    },
  }
}

/** Made-up programs and made-up honest traffic, apart from every figure of real captures. */
export const generalisationSections = ({ generalisation }: Evaluation): Section[] =>
  generalisation === null ? [] : [tunnelSection(generalisation), honestSection(generalisation)]
