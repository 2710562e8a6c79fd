'use client'
import { type FormEvent, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { useClock } from '@/components/ui/clock'
import { ConfirmDialog, Dialog } from '@/components/ui/dialog'
import { InertText } from '@/components/ui/inert-text'
import { Notice } from '@/components/ui/notice'
import { Select } from '@/components/ui/select'
import { TextField } from '@/components/ui/text-field'
import { TimeText } from '@/components/ui/time-text'
import { showToast } from '@/components/ui/toast'
import type { IssuedIntakeKey } from '@/lib/api/contracts/log-sources'
import type { IntakeKey } from '@/lib/domain/log-source'
import { failureOf } from '@/lib/queries/failure'
import { useCreateIntakeKey, useRevokeIntakeKey } from '@/lib/queries/log-sources'
import { IssuedKey } from './issued-key'
import { daysOf, KEY_LIVES, type KeyLife } from './sender-fields'

const SOON_MS = 14 * 86_400_000

export type KeyState = 'valid' | 'ending' | 'expired' | 'revoked'
export function keyState({ revokedAt, expiresAt }: IntakeKey, now: number): KeyState {
  if (revokedAt !== null) return 'revoked'
  if (expiresAt === null) return 'valid'
  return expiresAt <= now ? 'expired' : expiresAt - now < SOON_MS ? 'ending' : 'valid'
}

interface KeyPanelProps {
  readonly logSourceId: string
  readonly keys: readonly IntakeKey[]
  readonly refusal: string | null
  /** Told of a fresh key, so that the configuration below can hold it. */
  readonly onIssued: (issued: IssuedIntakeKey) => void
}

/** Keys of a source: who made them, when they were last used, until when they hold. */
export function KeyPanel({ logSourceId, keys, refusal, onIssued }: KeyPanelProps) {
  const [creating, setCreating] = useState(false)
  const [revoking, setRevoking] = useState<IntakeKey | null>(null)
  const revoke = useRevokeIntakeKey(logSourceId)
  const confirm = () => {
    if (revoking === null) return
    revoke.mutate(revoking.id, {
      onSuccess: ({ key }) =>
        showToast({ title: `The key ${key.name} is revoked`, description: 'Whoever sends with it is refused from now on.' }),
      onError: (error) => showToast({ title: 'The key was not revoked', description: failureOf(error).detail, tone: 'danger' }),
      onSettled: () => setRevoking(null),
    })
  }
  return (
    <section aria-labelledby="keys" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h2 id="keys" className="m-0 font-semibold text-lg">
          Keys
        </h2>
        <Button size="sm" icon="plus" disabledReason={refusal} onClick={() => setCreating(true)}>
          New key
        </Button>
      </div>
      {keys.length === 0 ? <p className="m-0 text-muted text-sm">There is no key: nothing can send to this source.</p> : null}
      <ul className="m-0 list-none rounded-md border border-line bg-surface p-0 empty:hidden">
        {keys.map((key) => (
          <KeyLine key={key.id} entry={key} refusal={refusal} onRevoke={() => setRevoking(key)} />
        ))}
      </ul>
      <CreateKeyDialog logSourceId={logSourceId} open={creating} onOpenChange={setCreating} onIssued={onIssued} />
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => {
          if (!open) setRevoking(null)
        }}
        title={`Revoke the key ${revoking?.name ?? ''}?`}
        description="Whoever sends with it is refused at once. This cannot be taken back; make a new key and change the sender first if logs must not stop."
        confirmLabel="Revoke key"
        danger
        pending={revoke.isPending}
        onConfirm={confirm}
      />
    </section>
  )
}

function KeyLine({
  entry,
  refusal,
  onRevoke,
}: {
  readonly entry: IntakeKey
  readonly refusal: string | null
  readonly onRevoke: () => void
}) {
  const { now } = useClock()
  const state = keyState(entry, now)
  return (
    <li className="flex flex-wrap items-center gap-x-6 gap-y-2 border-line px-4 py-2.5 not-last:border-b">
      <div className="min-w-0 flex-1 basis-64">
        <p className="wrap-anywhere m-0 font-medium">
          <InertText text={entry.name} limit={80} /> <code className="font-normal text-faint text-xs">{entry.prefix}…</code>
        </p>
        <p className="m-0 text-muted text-sm">
          {entry.lastUsedAt === null ? (
            'Never used'
          ) : (
            <>
              Last used <TimeText at={entry.lastUsedAt} relative />
            </>
          )}
          , made by <InertText text={entry.createdByName} /> <TimeText at={entry.createdAt} precision="day" />
        </p>
      </div>
      <div className="flex items-center gap-3">
        {state === 'revoked' ? (
          <Badge>Revoked</Badge>
        ) : state === 'expired' ? (
          <Badge tone="danger">Expired</Badge>
        ) : entry.expiresAt === null ? (
          <span className="text-muted text-sm">no end</span>
        ) : state === 'ending' ? (
          <Badge tone="warn">
            Ends <TimeText at={entry.expiresAt} relative />
          </Badge>
        ) : (
          <span className="text-muted text-sm">
            until <TimeText at={entry.expiresAt} precision="day" />
          </span>
        )}
        {state === 'revoked' ? null : (
          <Button size="sm" disabledReason={refusal} onClick={onRevoke} aria-label={`Revoke the key ${entry.name}`}>
            Revoke
          </Button>
        )}
      </div>
    </li>
  )
}

interface CreateKeyDialogProps {
  readonly logSourceId: string
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly onIssued: (issued: IssuedIntakeKey) => void
}

function CreateKeyDialog({ logSourceId, open, onOpenChange, onIssued }: CreateKeyDialogProps) {
  const [name, setName] = useState('')
  const [life, setLife] = useState<KeyLife>('365')
  const [issued, setIssued] = useState<IssuedIntakeKey | null>(null)
  const [failure, setFailure] = useState<string | null>(null)
  const create = useCreateIntakeKey(logSourceId)
  const change = (next: boolean) => {
    onOpenChange(next)
    if (next) return
    setName('')
    setIssued(null)
    setFailure(null)
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (name.trim() === '') return setFailure('Give the key a name: it tells keys apart when one has to be revoked.')
    create.mutate(
      { name: name.trim(), days: daysOf(life) },
      {
        onSuccess: (made) => {
          setIssued(made)
          onIssued(made)
        },
        onError: (error) => setFailure(failureOf(error).detail),
      },
    )
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      title={issued ? 'The new key' : 'New key'}
      footer={
        issued ? (
          <Button variant="primary" onClick={() => change(false)}>
            Done
          </Button>
        ) : undefined
      }
    >
      {issued ? (
        <IssuedKey issued={issued} />
      ) : (
        <form noValidate onSubmit={submit} className="flex flex-col gap-4">
          {failure === null ? null : (
            <div role="alert">
              <Notice tone="danger">{failure}</Notice>
            </div>
          )}
          <TextField
            label="Name"
            value={name}
            onValueChange={setName}
            placeholder="Which machine or team sends with it"
            maxLength={100}
            autoComplete="off"
          />
          <Select label="Valid for" value={life} onValueChange={setLife} options={KEY_LIVES} />
          <div className="flex justify-end gap-2 pt-1">
            <Button onClick={() => change(false)}>Cancel</Button>
            <Button type="submit" variant="primary" pending={create.isPending}>
              Make key
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  )
}
