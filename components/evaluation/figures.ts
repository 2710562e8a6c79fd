import type { RuleResult } from '@/lib/domain/evaluation'

/** 7 → `7`, 7.25 → `7.3`. */
export const figure = (value: number, digits = 1): string =>
  Number.isInteger(value) ? value.toLocaleString('en-US') : value.toLocaleString('en-US', { maximumFractionDigits: digits })

/** ms → `5.6 s`, `7.6 min`, `14.6 h`; a dash for what did not happen. */
export function span(ms: number | null | undefined): string {
  if (ms === null || ms === undefined) return '–'
  if (ms < 120_000) return `${figure(ms / 1_000)} s`
  return ms < 7_200_000 ? `${figure(ms / 60_000)} min` : `${figure(ms / 3_600_000)} h`
}

/** `14 of 17`. */
export const foundOf = ({ found, total }: RuleResult['recall']): string => `${figure(found)} of ${figure(total)}`

export const shareOf = ({ found, total }: RuleResult['recall']): number | null => (total === 0 ? null : found / total)

type Rate = RuleResult['falseAlarms']['per100kLookups']

/** What was measured, and what the amount of data proves. */
export const provenRate = (rate: Rate): { readonly measured: string; readonly proven: string } | null =>
  rate === null
    ? null
    : { measured: figure(rate.rate, rate.rate < 10 ? 2 : 0), proven: `< ${figure(rate.provenBelow, rate.provenBelow < 10 ? 2 : 0)}` }
