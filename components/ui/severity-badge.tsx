import type { Severity } from '@/lib/domain/severity'
import { cx } from './cx'

export type SeverityLevel = Severity | 'info'

interface Look {
  readonly word: string
  readonly letter: string
  readonly bars: number
  readonly chip: string
  readonly shape: string
}

/** Shape, letter, word and fill: colour is the last of four cues. Shapes on a 10 × 10 grid. */
const LOOK: Readonly<Record<SeverityLevel, Look>> = {
  critical: {
    word: 'Critical',
    letter: 'C',
    bars: 4,
    chip: 'bg-sev-critical text-sev-critical-ink border-sev-critical-line',
    shape: 'M5 0.5 9.5 5 5 9.5 0.5 5Z',
  },
  high: { word: 'High', letter: 'H', bars: 3, chip: 'bg-sev-high text-sev-high-ink border-sev-high-line', shape: 'M5 1 9.5 9h-9Z' },
  medium: {
    word: 'Medium',
    letter: 'M',
    bars: 2,
    chip: 'bg-sev-medium text-sev-medium-ink border-sev-medium-line',
    shape: 'M1.2 1.2h7.6v7.6H1.2Z',
  },
  low: {
    word: 'Low',
    letter: 'L',
    bars: 1,
    chip: 'bg-sev-low text-sev-low-ink border-sev-low-line',
    shape: 'M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8Z',
  },
  info: {
    word: 'Info',
    letter: 'I',
    bars: 0,
    chip: 'bg-sev-info text-sev-info-ink border-sev-info-line',
    shape: 'M5 1.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7Z',
  },
}

export const severityWord = (severity: SeverityLevel): string => LOOK[severity].word

interface SeverityBadgeProps {
  readonly severity: SeverityLevel
  /** `full` shows shape and word; `compact` shape and letter, for narrow columns; `bars` adds the strength bars. */
  readonly look?: 'full' | 'compact' | 'bars'
  readonly className?: string
}

/** Reads as "High severity" whatever its look. */
export function SeverityBadge({ severity, look = 'full', className }: SeverityBadgeProps) {
  const { word, letter, bars, chip, shape } = LOOK[severity]
  return (
    <span
      data-severity={severity}
      className={cx(
        'inline-flex h-5 items-center gap-1 whitespace-nowrap rounded-sm border font-semibold text-xs leading-none',
        look === 'compact' ? 'px-1' : 'px-1.5',
        chip,
        className,
      )}
    >
      <svg aria-hidden="true" width="9" height="9" viewBox="0 0 10 10" className="shrink-0">
        <path d={shape} fill={severity === 'info' ? 'none' : 'currentColor'} stroke="currentColor" strokeWidth="1" />
      </svg>
      <span aria-hidden="true">{look === 'compact' ? letter : word}</span>
      {look === 'bars' ? <Bars count={bars} /> : null}
      <span className="sr-only">{word} severity</span>
    </span>
  )
}

function Bars({ count }: { readonly count: number }) {
  return (
    <svg aria-hidden="true" width="15" height="9" viewBox="0 0 15 9" className="shrink-0">
      {[0, 1, 2, 3].map((bar) => (
        <rect key={bar} x={bar * 4} y={6 - bar * 2} width="3" height={3 + bar * 2} fill="currentColor" opacity={bar < count ? 1 : 0.25} />
      ))}
    </svg>
  )
}
