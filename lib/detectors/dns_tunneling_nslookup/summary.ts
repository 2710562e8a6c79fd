import { type Burst, hostLabel } from './burst'

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

function namesPart({ targets, zones, zone }: Burst): string {
  if (targets.length === 0) return ''
  const names = counted(targets.length, 'name', 'different names')
  if (zone !== null) return `; ${names} under ${zone}`
  const [top] = zones
  return top === undefined ? `; ${names}` : `; ${names}, ${top[1]} of them under ${top[0]}`
}

function parentsPart({ parents }: Burst): string {
  const [first, second, ...more] = parents.map(({ process }) => process.name ?? '')
  if (first === undefined) return ''
  if (second === undefined) return `; started by ${first}`
  return more.length === 0
    ? `; started by ${first} and ${second}`
    : `; started by ${first}, ${second} and ${counted(more.length, 'other', 'others')}`
}

/** One sentence why it fired. */
export function summaryOf(burst: Burst, threshold: number, windowMinutes: number): string {
  const starts = counted(burst.count, 'nslookup.exe start', 'nslookup.exe starts')
  const minutes = counted(windowMinutes, 'minute', 'minutes')
  return `${starts} with an explicit query type on ${hostLabel(burst)} in ${minutes}, threshold ${threshold}${namesPart(burst)}${parentsPart(burst)}`
}
