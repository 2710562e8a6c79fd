'use client'
import { useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Notice } from '@/components/ui/notice'
import { PasswordField } from '@/components/ui/text-field'
import { showToast } from '@/components/ui/toast'
import { accountKeys } from '@/lib/queries/account'
import { SESSION_ENDED } from '@/lib/queries/query-client'
import { changePassword, type PasswordFailure } from '@/lib/queries/session'

const SHORTEST = 12

const WORDS: Readonly<Record<Exclude<PasswordFailure, 'wrong'>, string>> = {
  refused: 'The new password was refused. It needs 12 to 200 characters.',
  throttled: 'Too many attempts. Wait a minute, then try again.',
  'signed-out': 'Your session has ended. Sign in again, then try once more.',
  unreachable: 'The server did not answer. The password is as it was.',
}

const EMPTY = { current: '', next: '' }

export function PasswordForm() {
  const client = useQueryClient()
  const [typed, setTyped] = useState(EMPTY)
  const [endOthers, setEndOthers] = useState(true)
  const [asked, setAsked] = useState(false)
  const [failure, setFailure] = useState<PasswordFailure | null>(null)
  const [pending, setPending] = useState(false)
  const missing = {
    current: typed.current === '' ? 'Enter the password you have.' : null,
    next: typed.next.length < SHORTEST ? `Use at least ${SHORTEST} characters.` : null,
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setAsked(true)
    setFailure(null)
    if (pending || missing.current !== null || missing.next !== null) return
    setPending(true)
    const outcome = await changePassword({ currentPassword: typed.current, newPassword: typed.next, revokeOtherSessions: endOthers })
    setPending(false)
    if (outcome === 'signed-out') window.dispatchEvent(new Event(SESSION_ENDED))
    if (outcome !== null) return setFailure(outcome)
    setTyped(EMPTY)
    setAsked(false)
    showToast({ title: 'Password changed', description: endOthers ? 'Every other session of yours has ended.' : undefined })
    await client.invalidateQueries({ queryKey: accountKeys.sessions })
  }
  const set = (field: keyof typeof EMPTY) => (value: string) => setTyped((before) => ({ ...before, [field]: value }))
  return (
    <form method="post" onSubmit={(event) => void submit(event)} noValidate className="flex flex-col gap-3">
      {failure === null || failure === 'wrong' ? null : (
        <div role="alert">
          <Notice tone="danger">{WORDS[failure]}</Notice>
        </div>
      )}
      <PasswordField
        label="Password now"
        name="current-password"
        autoComplete="current-password"
        value={typed.current}
        onValueChange={set('current')}
        error={failure === 'wrong' ? 'That is not your password.' : asked ? missing.current : null}
      />
      <PasswordField
        label="New password"
        name="new-password"
        autoComplete="new-password"
        value={typed.next}
        onValueChange={set('next')}
        error={asked ? missing.next : null}
      />
      <Checkbox
        label="End my other sessions"
        description="Whoever knows the old password is out at once."
        checked={endOthers}
        onCheckedChange={setEndOthers}
      />
      <div>
        <Button type="submit" variant="primary" pending={pending}>
          Change the password
        </Button>
      </div>
    </form>
  )
}
