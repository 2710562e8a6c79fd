import { render, screen } from '@testing-library/react'
import { expect, test } from 'vitest'
import { Button, IconButton } from './button'

test.each([
  ['a button', (reason: string | null) => <Button disabledReason={reason}>Escalate</Button>],
  ['an icon button', (reason: string | null) => <IconButton icon="close" label="Escalate" disabledReason={reason} />],
])('%s keeps the focus when the reason against it goes, and when it comes', (_, draw) => {
  const { rerender } = render(draw('Still being counted.'))
  const button = screen.getByRole('button', { name: 'Escalate', description: 'Still being counted.' })
  button.focus()
  rerender(draw(null))
  expect(document.activeElement).toBe(button)
  expect(button.getAttribute('aria-disabled')).toBeNull()
  rerender(draw('Somebody was faster.'))
  expect(document.activeElement).toBe(button)
  expect(button.getAttribute('aria-disabled')).toBe('true')
})
