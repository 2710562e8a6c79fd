import { fireEvent, render, screen, within } from '@testing-library/react'
import { expect, test } from 'vitest'
import { ChartFigure } from './chart-figure'

test('a chart says what it shows and has the same numbers as a table, names in it inert', () => {
  render(
    <ChartFigure
      title="Queries"
      summary="At most 12 at 10:01."
      twin={{
        columns: [{ header: 'Time' }, { header: 'Queries', numeric: true }],
        rows: [
          ['10:00', '<b>3</b>'],
          ['10:01', '12'],
        ],
      }}
    >
      <svg aria-hidden="true" data-testid="picture" />
    </ChartFigure>,
  )
  const figure = screen.getByRole('figure', { name: 'Queries' })
  expect(figure.textContent).toContain('At most 12 at 10:01.')
  fireEvent.click(within(figure).getByRole('button', { name: 'Show as table' }))
  expect(screen.queryByTestId('picture')).toBeNull()
  const cells = within(screen.getByRole('table')).getAllByRole('cell')
  expect(cells.map((cell) => cell.textContent)).toEqual(['<b>3</b>', '12'])
})
