/** Names that say that no tool is named. */
const NO_TOOL = new Set(['', 'unknown', 'none', 'generic', 'other', 'custom', 'homemade'])
/** Spellings of the same tool, tried in order. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/iodine/, 'iodine'],
  [/dnscat/, 'dnscat2'],
  [/dns2tcp/, 'dns2tcp'],
  [/dnsexfil|dnsextr/, 'dnsexfiltrator'],
  [/ozyman/, 'ozymandns'],
  [/^dnstt/, 'dnstt'],
  [/godoh/, 'godoh'],
  [/saitama/, 'saitama'],
  [/cobalt/, 'cobaltstrike'],
]

/** One key for a tool however it is written; null when no tool is named. */
export function toolKey(name: string | null | undefined): string | null {
  const key = (name ?? '').toLowerCase().replace(/[^a-z0-9]/g, '')
  if (NO_TOOL.has(key)) return null
  return SPELLINGS.find(([pattern]) => pattern.test(key))?.[1] ?? key
}
