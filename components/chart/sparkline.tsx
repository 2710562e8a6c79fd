const WIDTH = 96
const HEIGHT = 22

/** Bars of a short series, oldest left; plain SVG, because a queue shows fifty of them. */
export function Sparkline({ values, label, className }: { values: readonly number[]; label?: string; className?: string }) {
  if (values.length === 0) return <span className={className} aria-hidden="true" />
  const max = Math.max(...values, 1)
  const step = WIDTH / values.length
  const path = values
    .map((value, index) => {
      const height = value === 0 ? 0 : Math.max(1.5, (value / max) * HEIGHT)
      const x = index * step
      return height === 0 ? '' : `M${x.toFixed(2)} ${HEIGHT}v-${height.toFixed(2)}h${Math.max(step * 0.8, 0.6).toFixed(2)}v${height.toFixed(2)}z`
    })
    .join('')
  const accessibility = label === undefined ? ({ 'aria-hidden': true } as const) : ({ role: 'img', 'aria-label': label } as const)
  return (
    <svg {...accessibility} className={className} width={WIDTH} height={HEIGHT} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none">
      <path d={`M0 ${HEIGHT - 0.5}h${WIDTH}`} stroke="var(--chart-base)" strokeWidth="1" opacity="0.5" />
      <path d={path} fill="var(--chart-series)" />
    </svg>
  )
}
