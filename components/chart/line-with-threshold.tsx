'use client'

import { CartesianGrid, Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { AXIS, GRID, INITIAL, MARGIN, TOOLTIP } from './axes'

export interface LinePoint {
  /** Bucket start, epoch ms UTC. */
  readonly at: number
  /** null = nothing measured; the line breaks there. */
  readonly value: number | null
  /** What was to be expected at that time, if that is known. */
  readonly expected?: number | null
}

interface LineWithThresholdProps {
  readonly data: readonly LinePoint[]
  readonly name: string
  readonly expectedName?: string
  readonly threshold: { readonly value: number; readonly label: string } | null
  readonly formatTime: (at: number) => string
  readonly formatValue: (value: number) => string
  readonly label: string
}

/** One measure over time, the threshold it is judged by as a dashed line, and the expected course in grey. */
export function LineWithThreshold(props: LineWithThresholdProps) {
  const { data, name, expectedName, threshold, formatTime, formatValue, label } = props
  const dots = data.length <= 60
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={INITIAL}>
      <LineChart data={[...data]} margin={MARGIN} accessibilityLayer aria-label={label}>
        <CartesianGrid {...GRID} />
        <XAxis dataKey="at" tickFormatter={formatTime} minTickGap={40} {...AXIS} />
        <YAxis
          width={56}
          {...AXIS}
          axisLine={false}
          tickFormatter={(value) => formatValue(Number(value)).replaceAll(' ', '\u00a0')}
          domain={[0, 'auto']}
        />
        <Tooltip {...TOOLTIP} labelFormatter={(at) => formatTime(Number(at))} formatter={(value) => formatValue(Number(value))} />
        {threshold && (
          <ReferenceLine
            y={threshold.value}
            ifOverflow="extendDomain"
            stroke="var(--chart-threshold)"
            strokeDasharray="5 4"
            label={{ value: threshold.label, position: 'insideBottomRight', fill: 'var(--muted)', fontSize: 12 }}
          />
        )}
        {expectedName && (
          <Line
            dataKey="expected"
            name={expectedName}
            stroke="var(--chart-base)"
            strokeWidth={2}
            strokeDasharray="4 3"
            dot={false}
            isAnimationActive={false}
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
      </LineChart>
    </ResponsiveContainer>
  )
}
