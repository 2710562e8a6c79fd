const DAY_MS = 86_400_000

export const SPANS = [
  { value: 'all', label: 'Any time' },
  { value: '1', label: 'Last day' },
  { value: '7', label: 'Last 7 days' },
  { value: '30', label: 'Last 30 days' },
] as const
export type Span = (typeof SPANS)[number]['value'] | 'custom'

/** First instant of a span that ends now, on a full minute so that the address stays the same for a while. */
export const spanFrom = (span: Span, nowMs: number): number | null =>
  span === 'all' || span === 'custom' ? null : Math.floor((nowMs - Number(span) * DAY_MS) / 60_000) * 60_000

/** The shortest offered span that holds an address's start; null for a start that lies further back. */
export function spanOf(from: number | null, nowMs: number): Span | null {
  if (from === null) return 'all'
  const days = (nowMs - from) / DAY_MS
  // An address kept open for hours still names the span it was made for.
  const found = (['1', '7', '30'] as const).find((span) => days <= Number(span) + 0.9)
  return found ?? null
}
