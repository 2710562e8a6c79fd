'use client'
import { type KeyboardEvent, type ReactNode, useId } from 'react'

interface TabsProps<Value extends string> {
  readonly value: Value
  readonly onValueChange: (value: Value) => void
  /** Names the list for screen readers. */
  readonly label: string
  readonly tabs: readonly { readonly value: Value; readonly label: ReactNode; readonly count?: number; readonly panel?: ReactNode }[]
}

const MOVES: Readonly<Record<string, (index: number, count: number) => number>> = {
  ArrowRight: (index, count) => (index + 1) % count,
  ArrowLeft: (index, count) => (index - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
}

/** Arrows move the focus along the list; Enter, Space or a click choose. */
function moveFocus(event: KeyboardEvent<HTMLDivElement>): void {
  const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="tab"]')]
  const move = MOVES[event.key]
  const index = tabs.findIndex((tab) => tab.matches(':focus'))
  if (move === undefined || index === -1) return
  event.preventDefault()
  tabs[move(index, tabs.length)]?.focus()
}

/** Underlined tabs; a tab without a `panel` only switches what the page below shows. */
export function Tabs<Value extends string>({ value, onValueChange, label, tabs }: TabsProps<Value>) {
  const id = useId()
  const known = tabs.some((tab) => tab.value === value)
  return (
    <>
      <div role="tablist" aria-label={label} onKeyDown={moveFocus} className="flex gap-4 overflow-x-auto border-line border-b">
        {tabs.map((tab, index) => {
          const active = tab.value === value
          return (
            <button
              key={tab.value}
              type="button"
              role="tab"
              id={`${id}-${tab.value}`}
              aria-selected={active}
              aria-controls={active && tab.panel !== undefined ? `${id}-${tab.value}-panel` : undefined}
              data-active={active || undefined}
              tabIndex={active || (!known && index === 0) ? 0 : -1}
              onClick={() => onValueChange(tab.value)}
              className="tap -mb-px h-9 shrink-0 border-transparent border-b-2 bg-transparent px-0.5 font-medium text-base text-muted outline-offset-[-2px] hover:text-ink data-[active]:border-accent data-[active]:text-ink"
            >
              {tab.label}
              {tab.count === undefined ? null : <span className="tabular ml-1.5 font-normal text-faint text-sm">{tab.count}</span>}
            </button>
          )
        })}
      </div>
      {tabs.map((tab) =>
        tab.panel === undefined || tab.value !== value ? null : (
          <div key={tab.value} role="tabpanel" id={`${id}-${tab.value}-panel`} aria-labelledby={`${id}-${tab.value}`} className="pt-4">
            {tab.panel}
          </div>
        ),
      )}
    </>
  )
}
