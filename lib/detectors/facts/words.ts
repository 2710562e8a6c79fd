const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE

/** Made once: making one takes thirty times as long as writing a number. */
const ONE_DECIMAL = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 })

export const number = (value: number): string => ONE_DECIMAL.format(value)

/** Two digits that matter, so that a rare type is not written as none. */
export function percent(share: number): string {
  const value = 100 * share
  if (value > 0 && value < 0.1) return 'under 0.1 %'
  return `${value < 10 ? number(value) : Math.round(value)} %`
}

/** `4.1 seconds`, `30 seconds`, `12 minutes`, `2.5 hours`. */
export function duration(ms: number): string {
  if (ms < SECOND) return `${Math.round(ms)} milliseconds`
  const [value, unit] = ms < 2 * MINUTE ? [ms / SECOND, 'seconds'] : ms < 2 * HOUR ? [ms / MINUTE, 'minutes'] : [ms / HOUR, 'hours']
  return `${value < 10 ? number(value) : Math.round(value)} ${unit}`
}

/** `one`, `one and two`, `one, two and three`. */
export const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join() : `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`

/** `1 host`, `2 hosts`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${number(count)} ${count === 1 ? one : many}`
