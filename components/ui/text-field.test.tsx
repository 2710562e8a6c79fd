import { fireEvent, render, screen } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { Button } from './button'
import { Checkbox } from './checkbox'
import { RadioGroup } from './radio-group'
import { TextArea } from './text-area'
import { PasswordField, TextField } from './text-field'

test('a field has its label as name, its description and its error as description, and is marked invalid', () => {
  render(<TextField label="Domain" description="Lower case." error="Enter a domain name." value="" onValueChange={() => {}} />)
  const field = screen.getByRole('textbox', { name: 'Domain' })
  expect(field.getAttribute('aria-invalid')).toBe('true')
  const described = (field.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)
  expect(described.join(' ')).toContain('Lower case.')
  expect(described.join(' ')).toContain('Enter a domain name.')
  expect(screen.getByRole('alert').textContent).toBe('Enter a domain name.')
})

test('a field without error shows none', () => {
  render(<TextField label="Domain" error={null} value="" onValueChange={() => {}} />)
  expect(screen.queryByRole('alert')).toBeNull()
  expect(screen.getByRole('textbox').getAttribute('aria-invalid')).not.toBe('true')
})

test('typing reports the text', () => {
  const typed = vi.fn()
  render(<TextArea label="Note" value="" onValueChange={typed} />)
  const note = screen.getByRole('textbox', { name: 'Note' })
  expect(note.tagName).toBe('TEXTAREA')
  fireEvent.change(note, { target: { value: 'seen before' } })
  expect(typed.mock.calls[0]?.[0]).toBe('seen before')
})

test('a password is hidden until its button is pressed', () => {
  render(<PasswordField label="Password" value="s3cret" onValueChange={() => {}} />)
  const field = screen.getByLabelText('Password', { exact: true })
  expect(field.getAttribute('type')).toBe('password')
  fireEvent.click(screen.getByRole('button', { name: 'Show password' }))
  expect(field.getAttribute('type')).toBe('text')
})

test('a checkbox and a radio carry their words', () => {
  const checked = vi.fn()
  render(<Checkbox label="Show removed entries" checked={false} onCheckedChange={checked} />)
  fireEvent.click(screen.getByRole('checkbox', { name: 'Show removed entries' }))
  expect(checked).toHaveBeenCalled()

  const chosen = vi.fn()
  const options = [
    { value: 'a', label: 'Analyst', description: 'Decides alarms.' },
    { value: 'b', label: 'Manager' },
  ] as const
  render(<RadioGroup label="Role" value="a" onValueChange={chosen} options={options} error="Choose a role." />)
  expect(screen.getByRole('radiogroup', { name: 'Role' })).toBeTruthy()
  fireEvent.click(screen.getByRole('radio', { name: 'Manager' }))
  expect(chosen).toHaveBeenCalledWith('b')
  expect(screen.getByRole('alert').textContent).toBe('Choose a role.')
})

test('a button that may not be pressed keeps focus, says why and does nothing', () => {
  const pressed = vi.fn()
  render(
    <Button disabledReason="Admins can." onClick={pressed}>
      Remove
    </Button>,
  )
  const button = screen.getByRole('button', { name: 'Remove' })
  button.focus()
  expect(document.activeElement).toBe(button)
  fireEvent.click(button)
  expect(pressed).not.toHaveBeenCalled()
  expect(button.getAttribute('aria-disabled')).toBe('true')
  expect(document.getElementById(button.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Admins can.')
})

test('a button at work does not submit its form again', () => {
  const submitted = vi.fn((event: { preventDefault: () => void }) => event.preventDefault())
  render(
    <form onSubmit={submitted}>
      <Button type="submit" pending>
        Save
      </Button>
    </form>,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
  expect(submitted).not.toHaveBeenCalled()
})
