'use client'
import type { Route } from 'next'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import type { AddLogSourceResponse } from '@/lib/api/contracts/log-sources'
import type { LogSource } from '@/lib/domain/log-source'
import type { Sender } from '@/lib/domain/senders/senders'
import { ChooseSender } from './choose-sender'
import { IssuedKey } from './issued-key'
import { SenderConfigView } from './sender-config-view'
import { SenderForm } from './sender-form'

interface AddLogSourceDialogProps {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly live: readonly LogSource[]
  readonly formats: readonly { readonly id: string; readonly title: string }[]
}

type Step =
  | { readonly at: 'choose' }
  | { readonly at: 'settings'; readonly sender: Sender }
  | { readonly at: 'added'; readonly sender: Sender; readonly added: AddLogSourceResponse }

/** Choose what sends, say where, take its configuration along. */
export function AddLogSourceDialog({ open, onOpenChange, live, formats }: AddLogSourceDialogProps) {
  const [step, setStep] = useState<Step>({ at: 'choose' })
  const router = useRouter()
  const change = (next: boolean) => {
    onOpenChange(next)
    if (!next) setStep({ at: 'choose' })
  }
  const finish = () => {
    if (step.at === 'added') router.push(`/sources/${encodeURIComponent(step.added.source.id)}?sender=${step.sender.id}` as Route)
    change(false)
  }
  return (
    <Dialog
      open={open}
      onOpenChange={change}
      size="lg"
      title={
        step.at === 'choose'
          ? 'Add a source: what sends?'
          : step.at === 'settings'
            ? `Add a source: ${step.sender.name}`
            : `${step.added.source.name} is ready`
      }
      description={
        step.at === 'choose'
          ? 'Step 1 of 2. Its configuration is written for you.'
          : step.at === 'settings'
            ? 'Step 2 of 2.'
            : 'Paste this where the logs come from. The source then turns from waiting to receiving.'
      }
      footer={
        step.at === 'added' ? (
          <Button variant="primary" onClick={finish}>
            Done
          </Button>
        ) : undefined
      }
    >
      {step.at === 'choose' ? (
        <ChooseSender onChoose={(sender) => setStep({ at: 'settings', sender })} />
      ) : step.at === 'settings' ? (
        <SenderForm
          key={step.sender.id}
          sender={step.sender}
          live={live}
          formats={formats}
          onBack={() => setStep({ at: 'choose' })}
          onAdded={(added) => setStep({ at: 'added', sender: step.sender, added })}
        />
      ) : (
        <div className="flex flex-col gap-4">
          {step.added.issued ? <IssuedKey issued={step.added.issued} /> : null}
          <SenderConfigView
            sender={step.sender}
            source={step.added.source}
            keyId={step.added.issued?.key.id ?? null}
            secret={step.added.issued?.secret ?? null}
          />
        </div>
      )}
    </Dialog>
  )
}
