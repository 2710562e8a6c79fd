'use client'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/notice'
import { PasswordField, TextField } from '@/components/ui/text-field'
import { type SignInFailure, signIn } from '@/lib/queries/session'

/** One sentence for each way signing in can fail. `waitSeconds` counts down while it is shown. */
export function signInMessage(failure: SignInFailure, waitSeconds: number | null): string {
  switch (failure.kind) {
    case 'wrong':
      return 'E-mail or password is wrong.'
    case 'disabled':
      return 'This account is disabled. Ask an admin to enable it.'
    case 'throttled':
      return waitSeconds === null
        ? 'Too many attempts. Wait a minute, then try again.'
        : waitSeconds > 0
          ? `Too many attempts. You can try again in ${waitSeconds} s.`
          : 'You can try again now.'
    case 'origin':
      return 'The server does not accept sign-ins from this address. Use the address it printed when it started, or set DOWSER_URL to this one.'
    case 'unreachable':
      return 'The server did not answer. Check that Dowser is running, then try again.'
  }
}

interface SignInFormProps {
  readonly onSignedIn: () => void
  readonly initialEmail?: string
}

export function SignInForm({ onSignedIn, initialEmail = '' }: SignInFormProps) {
  const [email, setEmail] = useState(initialEmail)
  const [password, setPassword] = useState('')
  const [missing, setMissing] = useState<{ email: string | null; password: string | null }>({ email: null, password: null })
  const [failure, setFailure] = useState<SignInFailure | null>(null)
  const [pending, setPending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const waitSeconds = useCountdown(failure)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const errors = {
      email: email.trim() === '' ? 'Enter your e-mail address.' : null,
      password: password === '' ? 'Enter your password.' : null,
    }
    setMissing(errors)
    const first = errors.email ? 'email' : errors.password ? 'password' : null
    if (first) return form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
    setPending(true)
    const outcome = await signIn(email.trim(), password)
    if (outcome === null) return onSignedIn()
    setPending(false)
    setFailure(outcome)
    if (outcome.kind === 'wrong') form.current?.querySelector<HTMLInputElement>('[name=password]')?.select()
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure === null ? null : (
        <div role="alert">
          <Notice tone="danger">{signInMessage(failure, waitSeconds)}</Notice>
        </div>
      )}
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="username"
        value={email}
        onValueChange={setEmail}
        error={missing.email}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        value={password}
        onValueChange={setPassword}
        error={missing.password}
      />
      <Button type="submit" variant="primary" size="lg" pending={pending} disabled={waitSeconds !== null && waitSeconds > 0}>
        Sign in
      </Button>
    </form>
  )
}

/** Seconds left of a throttle, counted down to 0; starts anew with each refusal. */
function useCountdown(failure: SignInFailure | null): number | null {
  const from = failure?.kind === 'throttled' ? failure.waitSeconds : null
  const [state, setState] = useState({ failure, left: from })
  useEffect(() => {
    setState({ failure, left: from })
    if (from === null) return
    const timer = setInterval(() => setState((now) => (now.left === null || now.left <= 0 ? now : { ...now, left: now.left - 1 })), 1_000)
    return () => clearInterval(timer)
  }, [failure, from])
  return state.failure === failure ? state.left : from
}
