const COUNT = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 })
const COMPACT_STEPS = [
  [1e9, 'bn'],
  [1e6, 'M'],
  [1e4, 'k'],
] as const

/** 12,345 */
export const formatCount = (value: number): string => COUNT.format(value)

/** 12,345 → `12.3k`; below 10,000 in full. */
export function formatCompact(value: number): string {
  const step = COMPACT_STEPS.find(([from]) => Math.abs(value) >= from)
  if (!step) return formatCount(value)
  const [from, unit] = step
  const divided = value / (unit === 'k' ? 1e3 : from)
  return `${divided >= 100 ? Math.round(divided) : Math.round(divided * 10) / 10}${unit}`
}

/** Decimal units, as network people and disks count: 1,536 → `1.5 kB`. */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}

/** Milliseconds as the two largest units that matter: `45 s`, `12 min`, `3 h 10 min`, `4 d 2 h`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000)
  if (Math.abs(ms) < 1000) return `${Math.round(Math.abs(ms))} ms`
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  const hours = Math.floor(minutes / 60)
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`
  const days = Math.floor(hours / 24)
  return hours % 24 === 0 ? `${days} d` : `${days} d ${hours % 24} h`
}

/** `1 alarm`, `2 alarms`. */
export const plural = (count: number, one: string, many = `${one}s`): string => `${formatCount(count)} ${count === 1 ? one : many}`
