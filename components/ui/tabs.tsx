'use client'
import { Tabs as Base } from '@base-ui/react/tabs'
import type { ReactNode } from 'react'

interface TabsProps<Value extends string> {
  readonly value: Value
  readonly onValueChange: (value: Value) => void
  /** Names the list for screen readers. */
  readonly label: string
  readonly tabs: readonly { readonly value: Value; readonly label: ReactNode; readonly count?: number; readonly panel?: ReactNode }[]
}

/** Underlined tabs; a tab without a `panel` only switches what the page below shows. */
export function Tabs<Value extends string>({ value, onValueChange, label, tabs }: TabsProps<Value>) {
  return (
    <Base.Root value={value} onValueChange={(next) => onValueChange(next as Value)}>
      <Base.List aria-label={label} className="flex gap-4 overflow-x-auto border-line border-b">
        {tabs.map((tab) => (
          <Base.Tab
            key={tab.value}
            value={tab.value}
            className="tap -mb-px h-9 shrink-0 border-transparent border-b-2 bg-transparent px-0.5 font-medium text-base text-muted outline-offset-[-2px] hover:text-ink data-[active]:border-accent data-[active]:text-ink"
          >
            {tab.label}
            {tab.count === undefined ? null : <span className="tabular ml-1.5 font-normal text-faint text-sm">{tab.count}</span>}
          </Base.Tab>
        ))}
      </Base.List>
      {tabs.map((tab) =>
        tab.panel === undefined ? null : (
          <Base.Panel key={tab.value} value={tab.value} className="pt-4">
            {tab.panel}
          </Base.Panel>
        ),
      )}
    </Base.Root>
  )
}
