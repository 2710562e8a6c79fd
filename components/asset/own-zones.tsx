'use client'
import { useState } from 'react'
import { Panel } from '@/components/alarm/panel'
import { Button } from '@/components/ui/button'
import { InertText } from '@/components/ui/inert-text'
import { TextField } from '@/components/ui/text-field'
import { showToast } from '@/components/ui/toast'
import type { Asset } from '@/lib/domain/asset'
import { useSaveAsset } from '@/lib/queries/assets'
import { failureOf } from '@/lib/queries/failure'

interface OwnZonesProps {
  readonly assets: readonly Asset[]
  /** Why they cannot be changed; null when they can. */
  readonly refusal: string | null
}

const SHOWN = 100

/** The organisation's own DNS zones, and a line to add one; a zone is an asset like the others, and is changed among them. */
export function OwnZones({ assets, refusal }: OwnZonesProps) {
  const [zone, setZone] = useState('')
  const save = useSaveAsset()
  const zones = assets.filter(({ roles }) => roles.includes('own-zone'))
  const written = zone.trim().toLowerCase().replace(/\.$/, '')
  const known = assets.find(({ key }) => key === written)
  const add = () => {
    // What is known of the name besides stays.
    const body = { address: written, name: known?.name ?? '', roles: [...new Set([...(known?.roles ?? []), 'own-zone' as const])] }
    save.mutate(body, {
      onSuccess: ({ asset }) => {
        setZone('')
        showToast({ title: `${asset.key} is an own zone` })
      },
    })
  }
  const failure = save.error === null ? null : failureOf(save.error)
  return (
    <Panel
      id="own-zones"
      title="Own zones"
      description="Your own DNS zones. Look-ups below them rank lower, and their answers tell names of addresses."
    >
      {zones.length === 0 ? (
        <p className="m-0 mb-3 text-muted text-sm">None is named yet.</p>
      ) : (
        <ul className="m-0 mb-3 flex list-none flex-wrap gap-x-4 gap-y-1 p-0 font-mono text-sm">
          {zones.slice(0, SHOWN).map(({ key }) => (
            <li key={key} className="wrap-anywhere">
              <InertText text={key} limit={253} />
            </li>
          ))}
          {zones.length > SHOWN ? <li className="text-muted">and {zones.length - SHOWN} more</li> : null}
        </ul>
      )}
      <form
        className="flex max-w-[32rem] flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault()
          if (written !== '') add()
        }}
      >
        <TextField
          label="Zone"
          placeholder="corp.example"
          className="min-w-48 flex-1"
          value={zone}
          maxLength={253}
          autoComplete="off"
          spellCheck={false}
          onValueChange={(text) => {
            setZone(text)
            save.reset()
          }}
          {...(failure === null ? {} : { error: Object.values(failure.fields)[0] ?? failure.detail })}
        />
        <Button type="submit" pending={save.isPending} disabledReason={refusal ?? (written === '' ? 'Write the zone first.' : null)}>
          Add zone
        </Button>
      </form>
    </Panel>
  )
}
