'use client'

import { Area, CartesianGrid, ComposedChart, Line, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { AXIS, GRID, INITIAL, MARGIN, TOOLTIP } from './axes'

export interface BandPoint {
  /** Bucket start, epoch ms UTC. */
  readonly at: number
  /** null = nothing measured; the line breaks there. */
  readonly value: number | null
  /** What is usual at that time; null where too little is known. */
  readonly band: { readonly low: number; readonly middle: number; readonly high: number } | null
}

interface BandLineProps {
  readonly data: readonly BandPoint[]
  readonly name: string
  readonly bandName: string
  readonly middleName: string
  readonly threshold: { readonly value: number; readonly label: string } | null
  readonly formatTime: (at: number) => string
  readonly formatValue: (value: number) => string
  readonly label: string
}

/** One measure over time in front of what is usual: a grey band with its middle, and the threshold it is judged by. */
export function BandLine(props: BandLineProps) {
  const { data, name, bandName, middleName, threshold, formatTime, formatValue, label } = props
  const dots = data.length <= 60
  const pair = (value: unknown): string =>
    Array.isArray(value) ? value.map((end) => formatValue(Number(end))).join(' – ') : formatValue(Number(value))
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={INITIAL}>
      <ComposedChart data={[...data]} margin={MARGIN} accessibilityLayer aria-label={label}>
        <CartesianGrid {...GRID} />
        <XAxis dataKey="at" tickFormatter={formatTime} minTickGap={40} {...AXIS} />
        <YAxis
          width={48}
          {...AXIS}
          axisLine={false}
          tickFormatter={(value) => formatValue(Number(value)).replaceAll(' ', '\u00a0')}
          domain={[0, 'auto']}
        />
        <Tooltip {...TOOLTIP} labelFormatter={(at) => formatTime(Number(at))} formatter={pair} />
        <Area
          type="stepAfter"
          dataKey={({ band }: BandPoint) => (band === null ? null : [band.low, band.high])}
          name={bandName}
          stroke="none"
          fill="var(--chart-base)"
          fillOpacity={0.28}
          isAnimationActive={false}
          activeDot={false}
        />
        <Line
          type="stepAfter"
          dataKey={({ band }: BandPoint) => band?.middle ?? null}
          name={middleName}
          stroke="var(--chart-base)"
          strokeWidth={1.5}
          dot={false}
          isAnimationActive={false}
        />
        {threshold && (
          <ReferenceLine
            y={threshold.value}
            ifOverflow="extendDomain"
            stroke="var(--chart-threshold)"
            strokeDasharray="5 4"
            label={{ value: threshold.label, position: 'insideBottomRight', fill: 'var(--muted)', fontSize: 12 }}
          />
        )}
        <Line
          dataKey="value"
          name={name}
          stroke="var(--chart-series)"
          strokeWidth={2}
          dot={dots ? { r: 2.5, fill: 'var(--chart-series)', strokeWidth: 0 } : false}
          isAnimationActive={false}
        />
      </ComposedChart>
    </ResponsiveContainer>
  )
}
