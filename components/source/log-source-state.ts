import type { Tone } from '@/components/ui/badge'
import { formatDuration } from '@/components/ui/format'
import type { IconName } from '@/components/ui/icon'
import type { LogSourceGap } from '@/lib/api/contracts/log-sources'
import type { LogSource, LogSourceHealth, LogSourceKind } from '@/lib/domain/log-source'

export const KIND_WORDS: Readonly<Record<LogSourceKind, string>> = {
  elastic: 'Elasticsearch API',
  api: 'HTTP API',
  'dnstap-unix': 'dnstap, socket',
  'dnstap-tcp': 'dnstap over TCP',
  'syslog-udp': 'Syslog over UDP',
  'syslog-tcp': 'Syslog over TCP',
  tail: 'Followed file',
}

export interface StateLook {
  readonly label: string
  readonly tone: Tone
  readonly icon: IconName
  /** What it means and what to do. */
  readonly sentence: string
}

/** How a source stands, in words, shape and colour. */
export function stateLook(source: LogSource, health: LogSourceHealth | null): StateLook {
  if (source.pausedAt !== null)
    return { label: 'Paused', tone: 'neutral', icon: 'minus', sentence: 'Nothing is taken from it until somebody resumes it.' }
  if (health === null) return { label: 'Unknown', tone: 'neutral', icon: 'info', sentence: 'The engine has not told yet how it does.' }
  switch (health.state) {
    case 'waiting':
      return { label: 'Waiting', tone: 'neutral', icon: 'clock', sentence: 'Nothing has come from it yet.' }
    case 'receiving':
      return { label: 'Receiving', tone: 'accent', icon: 'check', sentence: 'Logs come in.' }
    case 'quiet':
      return {
        label: 'Quiet',
        tone: 'warn',
        icon: 'warning',
        sentence: `Nothing has come for longer than ${formatDuration(source.settings.quietAfterMs)}. What happened meanwhile was not seen.`,
      }
    case 'paused':
      return { label: 'Paused', tone: 'neutral', icon: 'minus', sentence: 'Nothing is taken from it.' }
    case 'failed':
      return { label: 'Failed', tone: 'danger', icon: 'error', sentence: 'It cannot receive.' }
  }
}

/** Where it listens or what it follows; null for senders with a key. */
export function placeOf({ settings: { address, port, path } }: Pick<LogSource, 'settings'>): string | null {
  if (path !== null) return path
  if (port === null) return null
  return address?.includes(':') ? `[${address}]:${port}` : `${address ?? ''}:${port}`
}

/** Differences below this are the way of a log, not a wrong clock. */
const CLOCK_TOLERANCE_MS = 2_000

/** `12 s`; `clock 3 min ahead` when events come from the future. */
export function lagText(lagMs: number | null): string {
  if (lagMs === null) return '–'
  return lagMs < -CLOCK_TOLERANCE_MS ? `clock ${formatDuration(lagMs)} ahead` : formatDuration(Math.max(0, lagMs))
}

/** `3.2`, `120`; `0` only when there is nothing. */
export const rateText = (perSecond: number): string =>
  perSecond === 0
    ? '0'
    : perSecond < 0.1
      ? '< 0.1'
      : perSecond < 10
        ? (Math.round(perSecond * 10) / 10).toString()
        : Math.round(perSecond).toLocaleString('en-US')

/** "No DNS from resolver-2 for 47 min" and "… from resolver-2 and 2 other sources …"; null without a gap that lasts. */
export function silenceText(gaps: readonly LogSourceGap[], now: number): string | null {
  const open = gaps.filter(({ toMs }) => toMs === null).toSorted((a, b) => a.fromMs - b.fromMs)
  const [first, second] = open
  if (first === undefined) return null
  const others = open.length === 2 && second ? ` and ${second.name}` : open.length > 2 ? ` and ${open.length - 1} other sources` : ''
  const since = formatDuration(Math.max(0, now - first.fromMs))
  return `No DNS from ${first.name}${others} for ${open.length > 1 ? 'up to ' : ''}${since}`
}
