'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { ConfirmDialog, Dialog, Sheet } from '@/components/ui/dialog'
import { Menu, MenuItem, MenuRadio, MenuSeparator } from '@/components/ui/menu'
import { showToast } from '@/components/ui/toast'
import { Tooltip } from '@/components/ui/tooltip'
import { Specimen } from './specimen'

type Open = 'none' | 'dialog' | 'sheet' | 'confirm'

export function Overlays() {
  const [open, setOpen] = useState<Open>('none')
  const state = (which: Open) => ({ open: open === which, onOpenChange: (isOpen: boolean) => setOpen(isOpen ? which : 'none') })
  return (
    <>
      <Specimen name="Overlays">
        <Button onClick={() => setOpen('dialog')}>Dialog</Button>
        <Button onClick={() => setOpen('sheet')}>Sheet</Button>
        <Button onClick={() => setOpen('confirm')}>Confirmation</Button>
        <Tooltip content="Said on hovering and on focus">
          <Button>Tooltip</Button>
        </Tooltip>
        <Choose />
      </Specimen>
      <Specimen name="Toast">
        <Button onClick={() => showToast({ title: 'Closed as CDN · 212 alarms' })}>Plain</Button>
        <Button onClick={() => showToast({ title: 'Closed as CDN', action: { label: 'Undo', shortcut: 'z', onAction: () => {} } })}>
          With undo
        </Button>
        <Button onClick={() => showToast({ title: 'Not stored', description: 'The server did not answer.', tone: 'danger' })}>
          Failed
        </Button>
      </Specimen>
      <Dialog {...state('dialog')} title="A dialog" description="In the middle; on a phone from below.">
        Its body scrolls.
      </Dialog>
      <Sheet {...state('sheet')} title="A sheet" description="From the edge.">
        Its body scrolls.
      </Sheet>
      <ConfirmDialog
        {...state('confirm')}
        title="Remove it?"
        description="What happens then."
        confirmLabel="Remove"
        onConfirm={() => setOpen('none')}
        danger
      />
    </>
  )
}

function Choose() {
  const [value, setValue] = useState<'local' | 'utc'>('local')
  return (
    <Menu trigger={<Button>Menu</Button>}>
      <MenuItem icon="note" shortcut="n" onSelect={() => {}}>
        An item with a key
      </MenuItem>
      <MenuItem icon="trash" danger disabled description="Why it cannot be chosen." onSelect={() => {}}>
        One that is off
      </MenuItem>
      <MenuSeparator />
      <MenuRadio
        label="Times"
        value={value}
        onValueChange={setValue}
        options={[
          { value: 'local', label: 'Local' },
          { value: 'utc', label: 'UTC' },
        ]}
      />
    </Menu>
  )
}
