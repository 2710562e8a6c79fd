/** Looks that every chart shares. Recharts reads these as props, so they are objects and not components. */
export const AXIS = {
  tick: { fill: 'var(--muted)', fontSize: 12 },
  tickLine: false,
  axisLine: { stroke: 'var(--line-strong)' },
} as const

export const GRID = { vertical: false, stroke: 'var(--chart-grid)' } as const

export const TOOLTIP = {
  isAnimationActive: false,
  cursor: { fill: 'var(--hover)', stroke: 'var(--line-strong)' },
  contentStyle: {
    background: 'var(--raised)',
    border: '1px solid var(--line)',
    borderRadius: 6,
    color: 'var(--ink)',
    fontSize: 12,
    padding: '6px 8px',
  },
  itemStyle: { color: 'var(--ink)', padding: 0 },
  labelStyle: { color: 'var(--muted)' },
} as const

/** First guess of the size, so that a chart has a picture before the browser measured it. */
export const INITIAL = { width: 560, height: 176 } as const
/** px; a few buckets stay bars and do not become blocks. */
export const WIDEST_BAR = 28
export const MARGIN = { top: 8, right: 8, bottom: 0, left: 0 } as const

/** Props of a bar that can be pressed. */
export const picking = (onPick: ((at: number) => void) | undefined) =>
  onPick === undefined
    ? {}
    : {
        cursor: 'pointer',
        onClick: ({ payload }: { readonly payload?: { readonly at?: number } }) => {
          if (payload?.at !== undefined) onPick(payload.at)
        },
      }
