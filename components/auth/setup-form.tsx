'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { Notice } from '@/components/ui/notice'
import { PasswordField, TextField } from '@/components/ui/text-field'
import { SetupBody } from '@/lib/api/contracts/users'
import { type Failure, failureOf } from '@/lib/queries/failure'
import { setUp, signIn } from '@/lib/queries/session'

type Values = Record<'name' | 'email' | 'password', string>

const WORDS: Readonly<Record<keyof Values, string>> = {
  name: 'Enter your name, at most 100 characters.',
  email: 'Enter an e-mail address, like mira@example.org.',
  password: 'Choose a password of at least 12 characters.',
}

/** First bad field first; {} when all is well. */
export function setupErrors(values: Values): Partial<Values> {
  const checked = SetupBody.safeParse({ ...values, token: '-' })
  if (checked.success) return {}
  const errors: Partial<Values> = {}
  for (const { path } of checked.error.issues) {
    const field = path[0]
    if (field === 'name' || field === 'email' || field === 'password') errors[field] = WORDS[field]
  }
  return errors
}

/** Creates the first admin and signs them in. */
export function SetupForm({ token }: { readonly token: string }) {
  const [values, setValues] = useState<Values>({ name: '', email: '', password: '' })
  const [errors, setErrors] = useState<Partial<Values>>({})
  const [failure, setFailure] = useState<Failure | null>(null)
  const [pending, setPending] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const router = useRouter()

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const found = setupErrors(values)
    setErrors(found)
    const first = Object.keys(found)[0]
    if (first) return form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
    setPending(true)
    try {
      await setUp({ ...values, name: values.name.trim(), email: values.email.trim(), token })
      const refused = await signIn(values.email.trim(), values.password)
      router.replace(refused === null ? '/alarms' : '/sign-in?reason=set-up')
      router.refresh()
    } catch (error) {
      const why = failureOf(error)
      setFailure(why)
      setErrors(why.fields)
      setPending(false)
    }
  }
  if (failure?.status === 409) return <AlreadySetUp />

  const field = (name: keyof Values) => ({
    name,
    value: values[name],
    onValueChange: (value: string) => setValues((before) => ({ ...before, [name]: value })),
    error: errors[name] ?? null,
  })
  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure === null ? null : (
        <div role="alert">
          <Notice tone="danger">{failure.detail}</Notice>
        </div>
      )}
      <TextField {...field('name')} label="Your name" autoComplete="name" description="Colleagues see it beside your decisions." />
      <TextField
        {...field('email')}
        label="E-mail"
        type="email"
        autoComplete="username"
        description="You sign in with it. Nothing is sent to it."
      />
      <PasswordField
        {...field('password')}
        label="Password"
        autoComplete="new-password"
        description="At least 12 characters; a few words do well."
      />
      <Button type="submit" variant="primary" size="lg" pending={pending}>
        Create the admin account
      </Button>
    </form>
  )
}

function AlreadySetUp() {
  return (
    <div className="flex flex-col gap-4">
      <Notice live>Dowser has been set up already. An admin can add an account for you.</Notice>
      <Link href="/sign-in" className={buttonClass('primary', 'lg')}>
        Go to sign-in
      </Link>
    </div>
  )
}
