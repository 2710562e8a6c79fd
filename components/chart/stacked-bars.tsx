'use client'

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { AXIS, GRID, INITIAL, MARGIN, picking, TOOLTIP, WIDEST_BAR } from './axes'

export interface BarSeries<Key extends string> {
  readonly key: Key
  readonly label: string
  readonly color: string
}

interface StackedBarsProps<Key extends string> {
  /** `at` is the bucket's start, epoch ms UTC; the caller fills gaps with zeros. */
  readonly data: readonly ({ readonly at: number } & { readonly [K in Key]: number })[]
  /** Bottom of the stack first. */
  readonly series: readonly BarSeries<Key>[]
  readonly formatTime: (at: number) => string
  readonly label: string
  /** A bar was pressed; the same is offered to the keyboard as links in the chart's table. */
  readonly onPick?: (at: number) => void
}

/** Counts per time bucket, one on top of the other. */
export function StackedBars<Key extends string>({ data, series, formatTime, label, onPick }: StackedBarsProps<Key>) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={INITIAL}>
      <BarChart data={[...data]} margin={MARGIN} accessibilityLayer aria-label={label} barCategoryGap="8%">
        <CartesianGrid {...GRID} />
        <XAxis dataKey="at" tickFormatter={formatTime} minTickGap={40} {...AXIS} />
        <YAxis allowDecimals={false} width={44} {...AXIS} axisLine={false} />
        <Tooltip {...TOOLTIP} labelFormatter={(at) => formatTime(Number(at))} />
        {series.map(({ key, label: name, color }) => (
          <Bar
            key={key}
            dataKey={(row: { [K in Key]: number }) => row[key]}
            name={name}
            fill={color}
            stackId="count"
            maxBarSize={WIDEST_BAR}
            {...picking(onPick)}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
