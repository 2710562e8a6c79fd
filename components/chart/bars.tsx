'use client'

import { Bar, BarChart, CartesianGrid, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import { AXIS, GRID, INITIAL, MARGIN, picking, TOOLTIP, WIDEST_BAR } from './axes'
import type { BarSeries } from './stacked-bars'

interface BarsProps<Key extends string> {
  /** `at` is the bucket's start, epoch ms UTC; the caller fills gaps with zeros. */
  readonly data: readonly ({ readonly at: number } & { readonly [K in Key]: number })[]
  /** Drawn on one baseline, one in front of the other: the largest series first. */
  readonly series: readonly BarSeries<Key>[]
  readonly formatTime: (at: number) => string
  readonly label: string
  /** A bar was pressed; the same is offered to the keyboard as links in the chart's table. */
  readonly onPick?: (at: number) => void
}

/** Counts per time bucket where each series is a part of the one before: total behind, part in front. */
export function Bars<Key extends string>({ data, series, formatTime, label, onPick }: BarsProps<Key>) {
  return (
    <ResponsiveContainer width="100%" height="100%" initialDimension={INITIAL}>
      <BarChart data={[...data]} margin={MARGIN} accessibilityLayer aria-label={label} barCategoryGap="8%">
        <CartesianGrid {...GRID} />
        <XAxis dataKey="at" xAxisId={0} tickFormatter={formatTime} minTickGap={40} {...AXIS} />
        {series.slice(1).map(({ key }, index) => (
          <XAxis key={key} dataKey="at" xAxisId={index + 1} hide />
        ))}
        <YAxis allowDecimals={false} width={44} {...AXIS} axisLine={false} />
        <Tooltip {...TOOLTIP} labelFormatter={(at) => formatTime(Number(at))} />
        {series.map(({ key, label: name, color }, index) => (
          <Bar
            key={key}
            xAxisId={index}
            dataKey={(row: { [K in Key]: number }) => row[key]}
            name={name}
            fill={color}
            maxBarSize={WIDEST_BAR}
            {...picking(onPick)}
            isAnimationActive={false}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
