'use client'
import { type FormEvent, useId, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { CopyButton } from '@/components/ui/copy-button'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { RadioGroup } from '@/components/ui/radio-group'
import { TextField } from '@/components/ui/text-field'
import { showToast } from '@/components/ui/toast'
import { CreateUserBody } from '@/lib/api/contracts/users'
import { ROLES, type Role } from '@/lib/domain/permission'
import { temporaryPassword } from '@/lib/domain/temporary-password'
import { type Failure, failureOf } from '@/lib/queries/failure'
import { useCreateUser } from '@/lib/queries/users'
import { ROLE_WORDS } from './role-words'

type Values = { readonly name: string; readonly email: string; readonly role: Role; readonly password: string }
type Errors = Partial<Record<keyof Values, string>>

const WORDS: Readonly<Record<keyof Values, string>> = {
  name: 'Enter a name, at most 100 characters.',
  email: 'Enter an e-mail address, like mira@example.org.',
  role: 'Choose a role.',
  password: 'Choose at least 12 characters.',
}

/** A message for each field that is not right yet. */
export function userErrors(values: Values): Errors {
  const checked = CreateUserBody.safeParse(values)
  if (checked.success) return {}
  const errors: Errors = {}
  for (const { path } of checked.error.issues) {
    const field = path[0]
    if (typeof field === 'string' && field in WORDS) errors[field as keyof Values] = WORDS[field as keyof Values]
  }
  return errors
}

const fresh = (): Values => ({
  name: '',
  email: '',
  role: 'analyst',
  password: temporaryPassword(crypto.getRandomValues(new Uint8Array(20))),
})

interface AddUserDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
}

export function AddUserDialog({ open, onOpenChange }: AddUserDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="Add a user"
      description="Dowser sends no mail: tell them the address of this server, their e-mail and the temporary password yourself."
    >
      <AddUserForm onDone={() => onOpenChange(false)} />
    </Dialog>
  )
}

/** Mounted with the dialog, so that each opening starts fresh, with a password of its own. */
function AddUserForm({ onDone }: { readonly onDone: () => void }) {
  const [values, setValues] = useState<Values>(fresh)
  const [errors, setErrors] = useState<Errors>({})
  const [failure, setFailure] = useState<Failure | null>(null)
  const form = useRef<HTMLFormElement>(null)
  const passwordHint = useId()
  const create = useCreateUser()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const found = userErrors(values)
    setErrors(found)
    const first = Object.keys(found)[0]
    if (first) return form.current?.querySelector<HTMLElement>(`[name=${first}]`)?.focus()
    create.mutate(values, {
      onSuccess: ({ user }) => {
        onDone()
        showToast({ title: `${user.name} can sign in now`, description: `${ROLE_WORDS[user.role].label}, ${user.email}` })
      },
      onError: (error) => {
        const why = failureOf(error)
        setFailure(why)
        setErrors(why.fields)
      },
    })
  }
  const set = <Name extends keyof Values>(name: Name, value: Values[Name]) => setValues((before) => ({ ...before, [name]: value }))
  return (
    <form ref={form} noValidate onSubmit={submit} className="flex flex-col gap-4">
      {failure === null ? null : (
        <div role="alert">
          <Notice tone="danger">{failure.detail}</Notice>
        </div>
      )}
      <TextField
        label="Name"
        name="name"
        autoComplete="off"
        value={values.name}
        onValueChange={(value) => set('name', value)}
        error={errors.name ?? null}
      />
      <TextField
        label="E-mail"
        name="email"
        type="email"
        autoComplete="off"
        value={values.email}
        onValueChange={(value) => set('email', value)}
        error={errors.email ?? null}
      />
      <RadioGroup
        label="Role"
        value={values.role}
        onValueChange={(role) => set('role', role)}
        options={ROLES.map((role) => ({ value: role, label: ROLE_WORDS[role].label, description: ROLE_WORDS[role].sentence }))}
      />
      <div className="flex items-end gap-2">
        <TextField
          label="Temporary password"
          name="password"
          mono
          autoComplete="off"
          spellCheck={false}
          aria-describedby={passwordHint}
          className="flex-1"
          value={values.password}
          onValueChange={(value) => set('password', value)}
          error={errors.password ?? null}
        />
        <CopyButton text={values.password} label="Copy it" />
      </div>
      <p id={passwordHint} className="m-0 -mt-2 text-muted text-xs">
        Copy it now: it is not shown again.
      </p>
      <div className="flex justify-end gap-2 pt-1">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" pending={create.isPending}>
          Add user
        </Button>
      </div>
    </form>
  )
}
