import type { Detector } from '@/lib/detectors/detector'
import type { LogFormat } from '@/lib/formats/format'

const NOTE = '<!-- Written by `npm run docs` from the registries of lib/detectors and lib/formats. -->'
const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const minutes = (ms: number): string => (ms % 60_000 === 0 ? `${ms / 60_000} min` : `${ms / 1000} s`)

function detectorSection({ rule }: Detector): string {
  const bound = rule.maxAlarmsPerRun === null ? '' : `, at most ${rule.maxAlarmsPerRun} alarms a run`
  const rows = rule.parameters.map(
    ({ label, default: value, unit, min, max, reason }) =>
      `| ${cell(label)} | ${value}${unit ? ` ${unit}` : ''} | ${min}–${max} | ${cell(reason)} |`,
  )
  return [
    `## ${rule.title}`,
    '',
    `\`${rule.id}\` · severity ${rule.severity}, risk ${rule.risk} · ${rule.techniques.join(', ')}`,
    '',
    rule.description,
    '',
    `Modelled on: ${rule.after}. Runs every ${minutes(rule.intervalMs)} over the last ${minutes(rule.lookBackMs)}${bound}.`,
    `Guide: \`lib/detectors/${rule.id}/guide.md\`.`,
    '',
    ...(rows.length === 0 ? [] : ['| setting | default | bounds | why this default |', '|---|---|---|---|', ...rows, '']),
  ].join('\n')
}

/** Text of docs/detectors.md. */
export const detectorsDoc = (detectors: readonly Detector[]): string =>
  ['# Detectors', '', NOTE, '', ...detectors.map(detectorSection)].join('\n')

/** Text of docs/formats.md. */
export const formatsDoc = (formats: readonly LogFormat[]): string =>
  [
    '# Log formats',
    '',
    NOTE,
    '',
    'A log is recognised by its content; the formats are tried in this order. Gzip around it is removed.',
    '',
    '| format | name | usual endings | recognised by |',
    '|---|---|---|---|',
    ...formats.map(({ id, title, endings, expects }) => `| \`${id}\` | ${cell(title)} | ${endings.join(' ')} | ${cell(expects)} |`),
    '',
  ].join('\n')

const between = (name: string, text: string, replacement: string): string =>
  text.replace(
    new RegExp(`(<!-- ${name} -->\n)[\\s\\S]*?(\n<!-- /${name} -->)`),
    (_, open: string, close: string) => open + replacement + close,
  )

/** The README with its two lists brought up to date; the rest of it stays as it is. */
export function readmeWith(readme: string, detectors: readonly Detector[], formats: readonly LogFormat[]): string {
  const formatLines = formats.map(({ id, title }) => `- ${title} (\`${id}\`)`).join('\n')
  const detectorLines = detectors.map(({ rule }) => `- \`${rule.id}\`: ${rule.description}`).join('\n')
  return between('detectors', between('formats', readme, formatLines), detectorLines)
}
