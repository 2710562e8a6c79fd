'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Notice } from '@/components/ui/notice'
import { TextField } from '@/components/ui/text-field'
import { showToast } from '@/components/ui/toast'
import { ASSET_ROLES, type Asset, type AssetRole, MAX_ASSET_NAME } from '@/lib/domain/asset'
import { useSaveAsset } from '@/lib/queries/assets'
import { failureOf } from '@/lib/queries/failure'
import { ASSET_ROLE_WORDS } from './role-words'

interface AssetDialogProps {
  readonly open: boolean
  /** The one to change; null adds one. */
  readonly asset: Asset | null
  readonly onClose: () => void
}

export function AssetDialog({ open, asset, onClose }: AssetDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
      title={asset === null ? 'Add an asset' : `Change ${asset.key}`}
      description="The detectors take it up at once, for alarms that are raised or grow from now on."
    >
      <AssetForm asset={asset} onDone={onClose} />
    </Dialog>
  )
}

function AssetForm({ asset, onDone }: { readonly asset: Asset | null; readonly onDone: () => void }) {
  const [address, setAddress] = useState(asset?.key ?? '')
  const [name, setName] = useState(asset?.name ?? '')
  const [roles, setRoles] = useState<readonly AssetRole[]>(asset?.roles ?? [])
  const save = useSaveAsset()
  const failure = save.error ? failureOf(save.error) : null
  const errorOf = (field: string) => failure?.fields[field] ?? null
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save.mutate(
      { address, name, roles: [...roles] },
      {
        onSuccess: ({ asset: saved, running }) => {
          showToast({
            title: `${saved.key} is saved`,
            ...(running ? {} : { description: 'The engine is not running; it takes it up when it starts.' }),
          })
          onDone()
        },
      },
    )
  }
  return (
    <form onSubmit={submit} noValidate className="flex flex-col gap-4">
      <TextField
        label="Address, network or name"
        description="10.0.0.53, 10.9.0.0/16, mx1.corp.example"
        mono
        value={address}
        onValueChange={setAddress}
        error={errorOf('address')}
        readOnly={asset !== null}
        autoComplete="off"
        spellCheck={false}
      />
      <TextField
        label="Display name"
        optional
        value={name}
        onValueChange={setName}
        error={errorOf('name')}
        maxLength={MAX_ASSET_NAME}
        autoComplete="off"
      />
      <fieldset className="m-0 flex flex-col gap-2 border-0 p-0">
        <legend className="p-0 pb-1 font-medium text-sm">Roles</legend>
        {ASSET_ROLES.map((role) => (
          <Checkbox
            key={role}
            label={ASSET_ROLE_WORDS[role].label}
            description={ASSET_ROLE_WORDS[role].effect}
            checked={roles.includes(role)}
            onCheckedChange={(checked) => setRoles(checked ? [...roles, role] : roles.filter((other) => other !== role))}
          />
        ))}
        {errorOf('roles') === null ? null : <p className="m-0 text-danger text-sm">{errorOf('roles')}</p>}
      </fieldset>
      {failure !== null && Object.keys(failure.fields).length === 0 ? <Notice tone="danger">{failure.detail}</Notice> : null}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button type="submit" variant="primary" pending={save.isPending}>
          Save asset
        </Button>
      </div>
    </form>
  )
}
