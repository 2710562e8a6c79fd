const WIDTH = 96
const HEIGHT = 22
/** A short series keeps narrow bars instead of becoming blocks. */
const FEWEST_SLOTS = 12

interface SparklineProps {
  readonly values: readonly number[]
  readonly className?: string
}

/** Bars of a short series, oldest left. Plain SVG, because a queue shows fifty of them; decorative, its numbers stand beside it. */
export function Sparkline({ values, className }: SparklineProps) {
  const max = Math.max(...values, 1)
  const step = WIDTH / Math.max(values.length, FEWEST_SLOTS)
  const path = values
    .map((value, index) => {
      if (value === 0) return ''
      const height = Math.max(1.5, (value / max) * HEIGHT).toFixed(2)
      return `M${(index * step).toFixed(2)} ${HEIGHT}v-${height}h${Math.max(step * 0.8, 0.6).toFixed(2)}v${height}z`
    })
    .join('')
  return (
    <svg
      aria-hidden="true"
      className={className}
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      preserveAspectRatio="none"
    >
      <path d={`M0 ${HEIGHT - 0.5}h${WIDTH}`} stroke="var(--chart-base)" strokeWidth="1" opacity="0.5" />
      <path d={path} fill="var(--chart-series)" />
    </svg>
  )
}
