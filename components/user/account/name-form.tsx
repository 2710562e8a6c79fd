'use client'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { useCurrentUser } from '@/components/shell/current-user'
import { Button } from '@/components/ui/button'
import { InertText } from '@/components/ui/inert-text'
import { TextField } from '@/components/ui/text-field'
import { showToast } from '@/components/ui/toast'
import { useRenameMe } from '@/lib/queries/account'
import { failureOf } from '@/lib/queries/failure'

export function NameForm() {
  const { name, email, role } = useCurrentUser()
  const router = useRouter()
  const [typed, setTyped] = useState(name)
  const rename = useRenameMe()
  const wanted = typed.trim()
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (wanted === '' || wanted === name) return
    rename.mutate(wanted, {
      onSuccess: ({ user }) => {
        showToast({ title: 'Name changed', description: user.name })
        // The name stands in the frame of every page, which the server renders.
        router.refresh()
      },
    })
  }
  const failure = rename.error === null ? null : failureOf(rename.error)
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-3">
      <TextField
        label="Your name"
        autoComplete="name"
        maxLength={100}
        value={typed}
        onValueChange={setTyped}
        error={failure === null ? null : (failure.fields.name ?? failure.detail)}
      />
      <p className="m-0 text-muted text-sm">
        You sign in as <InertText text={email ?? ''} />. Your role is {role}; an admin changes both.
      </p>
      <div>
        <Button
          type="submit"
          variant="primary"
          pending={rename.isPending}
          disabledReason={wanted === '' ? 'A name is needed.' : wanted === name ? 'That is your name already.' : null}
        >
          Save the name
        </Button>
      </div>
    </form>
  )
}
