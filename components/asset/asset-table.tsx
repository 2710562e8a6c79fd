'use client'
import { useMemo, useState } from 'react'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { ConfirmDialog } from '@/components/ui/dialog'
import { InertText } from '@/components/ui/inert-text'
import { TextField } from '@/components/ui/text-field'
import { TimeText } from '@/components/ui/time-text'
import { showToast } from '@/components/ui/toast'
import type { Asset } from '@/lib/domain/asset'
import { useRemoveAsset } from '@/lib/queries/assets'
import { failureOf } from '@/lib/queries/failure'
import { ASSET_ROLE_WORDS } from './role-words'

/** Rows shown at once; a search leads to the others. */
const SHOWN = 200
const CELL = 'border-line border-b px-4 py-2.5 align-middle'

interface AssetTableProps {
  readonly assets: readonly Asset[]
  /** Why they cannot be changed; null when they can. */
  readonly refusal: string | null
  readonly onEdit: (asset: Asset) => void
}

export function AssetTable({ assets, refusal, onEdit }: AssetTableProps) {
  const [search, setSearch] = useState('')
  const [removing, setRemoving] = useState<Asset | null>(null)
  const remove = useRemoveAsset()
  const found = useMemo(() => {
    const wanted = search.trim().toLowerCase()
    return assets.filter(({ key, name, roles }) => `${key} ${name} ${roles.join(' ')}`.toLowerCase().includes(wanted))
  }, [assets, search])
  const confirm = () => {
    if (removing === null) return
    remove.mutate(removing.key, {
      onSuccess: () => showToast({ title: `${removing.key} is removed` }),
      onError: (error) => showToast({ title: 'The asset was not removed', description: failureOf(error).detail, tone: 'danger' }),
      onSettled: () => setRemoving(null),
    })
  }
  return (
    <div className="flex flex-col gap-3">
      <TextField
        label="Find an asset"
        hideLabel
        placeholder="Address, name or role"
        type="search"
        value={search}
        onValueChange={setSearch}
      />
      <p className="m-0 text-muted text-sm" role="status">
        {found.length > SHOWN
          ? `The first ${SHOWN} of ${found.length} assets. Search for the others.`
          : `${found.length} of ${assets.length} assets`}
      </p>
      <table className="w-full table-fixed rounded-md border border-line bg-surface">
        <caption className="sr-only">Known assets</caption>
        <thead className="text-left text-faint text-xs [&_th]:h-8 [&_th]:border-line [&_th]:border-b [&_th]:px-4 [&_th]:font-medium">
          <tr>
            <th scope="col">Address, name and roles</th>
            <th scope="col" className="hidden w-48 md:table-cell">
              Changed
            </th>
            <th scope="col" className="w-28 sm:w-52">
              <span className="sr-only">Actions</span>
            </th>
          </tr>
        </thead>
        <tbody className="[&>tr:last-child>td]:border-b-0">
          {found.slice(0, SHOWN).map((asset) => (
            <tr key={asset.key}>
              <td className={CELL}>
                <p className="m-0 flex flex-wrap items-baseline gap-x-3 gap-y-0.5">
                  <span className="break-all font-mono text-sm">
                    <InertText text={asset.key} limit={260} />
                  </span>
                  <span className="min-w-0 break-words">
                    <InertText text={asset.name} limit={100} />
                  </span>
                </p>
                {asset.roles.length === 0 ? null : (
                  <p className="m-0 mt-1 flex flex-wrap gap-1">
                    {asset.roles.map((role) => (
                      <Badge key={role}>{ASSET_ROLE_WORDS[role].label}</Badge>
                    ))}
                  </p>
                )}
              </td>
              <td className={`${CELL} hidden text-muted text-sm md:table-cell`}>
                <TimeText at={asset.updatedAt} precision="day" /> · <InertText text={asset.updatedByName} limit={40} />
                {asset.origin === 'csv' ? ' (CSV)' : ''}
              </td>
              <td className={CELL}>
                <div className="flex flex-col gap-2 sm:flex-row sm:justify-end">
                  <Button disabledReason={refusal} aria-label={`Edit ${asset.key}`} onClick={() => onEdit(asset)}>
                    Edit
                  </Button>
                  <Button disabledReason={refusal} aria-label={`Remove ${asset.key}`} onClick={() => setRemoving(asset)}>
                    Remove
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={(open) => {
          if (!open) setRemoving(null)
        }}
        title={`Remove ${removing?.key ?? ''}?`}
        description="Its name and roles count for nothing from now on. Alarms that are there stay as they are."
        confirmLabel="Remove asset"
        danger
        pending={remove.isPending}
        onConfirm={confirm}
      />
    </div>
  )
}
