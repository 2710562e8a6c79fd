'use client'
import { useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { CopyButton } from '@/components/ui/copy-button'
import { RadioGroup } from '@/components/ui/radio-group'
import { Select } from '@/components/ui/select'
import { Tabs } from '@/components/ui/tabs'
import { TextArea } from '@/components/ui/text-area'
import { PasswordField, TextField } from '@/components/ui/text-field'
import { Specimen } from './specimen'

const REFUSAL = 'Your role (manager) does not allow this. Analysts and admins can.'
const nothing = () => {}

export function Controls() {
  return (
    <>
      <Buttons />
      <Fields />
      <Choices />
      <Panels />
    </>
  )
}

function Buttons() {
  return (
    <Specimen name="Button">
      {(['primary', 'secondary', 'ghost', 'danger'] as const).map((variant) => (
        <Button key={variant} variant={variant}>
          {variant}
        </Button>
      ))}
      <Button icon="escalate">With a picture</Button>
      <Button pending>Under way</Button>
      <Button disabledReason={REFUSAL}>Refused, with the reason</Button>
      {(['sm', 'md', 'lg'] as const).map((size) => (
        <Button key={size} size={size}>
          {size}
        </Button>
      ))}
      <IconButton icon="trash" label="Remove" />
      <IconButton icon="trash" label="Remove" disabledReason={REFUSAL} />
      <CopyButton label="Copy" showLabel text="copied" />
    </Specimen>
  )
}

function Fields() {
  const [text, setText] = useState('sub.example.com')
  const common = { value: text, onValueChange: setText, className: 'w-64' }
  return (
    <Specimen name="Fields">
      <TextField {...common} label="Text" description="What it is for." />
      <TextField {...common} label="Monospaced" mono optional />
      <TextField {...common} label="Wrong" error="Not a domain: it holds a space." />
      <PasswordField {...common} label="Password" name="specimen" autoComplete="off" />
      <TextArea {...common} label="Longer text" rows={3} />
      <TextArea {...common} label="Wrong" rows={3} error="Not saved: the server did not answer." />
    </Specimen>
  )
}

const OPTIONS = [
  { value: 'a', label: 'The first', description: 'One sentence that says when.' },
  { value: 'b', label: 'The second' },
  { value: 'c', label: 'Not now', disabled: true },
] as const

function Choices() {
  const [chosen, setChosen] = useState<'a' | 'b' | 'c'>('a')
  const [checked, setChecked] = useState(true)
  return (
    <Specimen name="Choices">
      <RadioGroup label="One of few" className="w-64" value={chosen} onValueChange={setChosen} options={OPTIONS} />
      <RadioGroup label="None yet, wrong" className="w-64" value={null} onValueChange={setChosen} options={OPTIONS} error="Choose one." />
      <Select label="One of many" className="w-56" value={chosen} onValueChange={setChosen} options={OPTIONS} />
      <Select label="Off" className="w-56" value={null} placeholder="Choose" disabled onValueChange={setChosen} options={OPTIONS} />
      <div className="flex flex-col gap-2">
        <Checkbox label="Ticked or not" checked={checked} onCheckedChange={setChecked} description="What it does." />
        <Checkbox label="Some of them" checked={false} indeterminate onCheckedChange={nothing} />
        <Checkbox label="Off" checked disabled onCheckedChange={nothing} />
        <Checkbox label="Wrong" checked={false} onCheckedChange={nothing} error="Confirm it first." />
      </div>
    </Specimen>
  )
}

function Panels() {
  const [tab, setTab] = useState<'open' | 'closed'>('open')
  return (
    <Specimen name="Tabs">
      <Tabs
        label="Status"
        value={tab}
        onValueChange={setTab}
        tabs={[
          { value: 'open', label: 'Open', count: 212 },
          { value: 'closed', label: 'Closed', count: 0 },
        ]}
      />
    </Specimen>
  )
}
