'use client'

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { SheetForm } from '@/components/alarm/sheet-form'
import { useCurrentUser } from '@/components/shell/current-user'
import { Checkbox } from '@/components/ui/checkbox'
import { Dialog } from '@/components/ui/dialog'
import { Select } from '@/components/ui/select'
import { TextField } from '@/components/ui/text-field'
import { showToast } from '@/components/ui/toast'
import { can, ROLES, type Role } from '@/lib/domain/permission'
import { saveView, viewKeys } from '@/lib/queries/views'
import { type AlarmsSearchParams, serializeAlarmsSearchParams } from '@/lib/url/alarms-search-params'

const NO_DEFAULT = 'none'

/** Keeps the queue's filters under a name. */
export function SaveViewDialog({ params, onClose }: { readonly params: AlarmsSearchParams; readonly onClose: () => void }) {
  const { role } = useCurrentUser()
  const client = useQueryClient()
  const search = serializeAlarmsSearchParams(params).replace(/^\?/, '')
  const [name, setName] = useState('')
  const [shared, setShared] = useState(false)
  const [defaultOf, setDefaultOf] = useState<Role | typeof NO_DEFAULT>(NO_DEFAULT)
  const save = useMutation({
    mutationFn: () => saveView({ name: name.trim(), search, shared, defaultOf: shared && defaultOf !== NO_DEFAULT ? defaultOf : null }),
    onSuccess: async ({ view }) => {
      await client.invalidateQueries({ queryKey: viewKeys.list })
      showToast({ title: `View saved: ${view.name}` })
      onClose()
    },
  })
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) onClose()
      }}
      size="sm"
      title="Save this view"
      description="Status, filters and order as they are now."
    >
      <SheetForm
        submitLabel="Save view"
        pending={save.isPending}
        disabledReason={name.trim() === '' ? 'Give it a name first.' : null}
        onCancel={onClose}
        onSubmit={() => save.mutate()}
      >
        <TextField label="Name" value={name} onValueChange={setName} maxLength={60} error={save.error?.message ?? null} />
        {can(role, 'view:share') && (
          <Checkbox label="Share it" description="Everybody finds it beside their own." checked={shared} onCheckedChange={setShared} />
        )}
        {shared && can(role, 'user:manage') && (
          <Select
            label="First view of"
            value={defaultOf}
            onValueChange={setDefaultOf}
            options={[{ value: NO_DEFAULT, label: 'No role' }, ...ROLES.map((each) => ({ value: each, label: `Every ${each}` }))]}
          />
        )}
      </SheetForm>
    </Dialog>
  )
}
