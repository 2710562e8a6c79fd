import { fireEvent, render, screen, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { type DataColumn, DataTable } from './data-table'

interface Line {
  readonly id: string
  readonly count: number | null
}
const lines: readonly Line[] = [
  { id: 'b', count: 2 },
  { id: '=a', count: null },
  { id: '<i>c</i>', count: 10 },
]
const columns: readonly DataColumn<Line>[] = [
  { id: 'id', header: 'Id', value: (row) => row.id, cell: (row) => row.id },
  { id: 'count', header: 'Count', value: (row) => row.count, cell: (row) => row.count ?? 'none', numeric: true },
]

const ids = () =>
  within(screen.getByRole('table'))
    .getAllByRole('row')
    .slice(1)
    .map((row) => row.firstChild?.textContent)

test('a column sorts by its value, largest first, and what has no value stays last', () => {
  render(<DataTable label="Lines" rows={lines} columns={columns} getRowId={(row) => row.id} />)
  const header = () => screen.getByRole('columnheader', { name: /Count/ })
  fireEvent.click(within(header()).getByRole('button'))
  expect(ids()).toEqual(['<i>c</i>', 'b', '=a'])
  expect(header().getAttribute('aria-sort')).toBe('descending')
  fireEvent.click(within(header()).getByRole('button'))
  expect(ids()).toEqual(['b', '<i>c</i>', '=a'])
})

test('rows that can be opened are walked by arrows and opened by Enter', () => {
  const open = vi.fn()
  render(<DataTable label="Lines" rows={lines} columns={columns} getRowId={(row) => row.id} onActivate={open} />)
  const [, first] = screen.getAllByRole('row')
  first?.focus()
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'ArrowDown' })
  fireEvent.keyDown(document.activeElement ?? document.body, { key: 'Enter' })
  expect(open).toHaveBeenCalledWith(lines[1])
})

test('without rows it says so in the table', () => {
  render(<DataTable label="Lines" rows={[]} columns={columns} getRowId={(row) => row.id} empty="Nobody asked." />)
  expect(screen.getByText('Nobody asked.')).toBeTruthy()
})
