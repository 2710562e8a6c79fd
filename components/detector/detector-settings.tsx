'use client'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Panel } from '@/components/alarm/panel'
import { useRefusal } from '@/components/shell/current-user'
import { Button } from '@/components/ui/button'
import { ErrorPanel } from '@/components/ui/error-panel'
import { plural } from '@/components/ui/format'
import { Notice } from '@/components/ui/notice'
import { SkeletonRows } from '@/components/ui/skeleton'
import { showToast } from '@/components/ui/toast'
import type { DetectorSettingsView } from '@/lib/api/contracts/detectors'
import { usePreview } from '@/lib/queries/detector-preview'
import { detectorOptions, useChangeDetector } from '@/lib/queries/detectors'
import { failureOf } from '@/lib/queries/failure'
import { ChangeHistory } from './change-history'
import { ExceptionsEditor } from './exceptions-editor'
import { ParameterField } from './parameter-field'
import { PresetList } from './preset-list'
import { PreviewPanel } from './preview-panel'
import { SaveDialog } from './save-dialog'
import {
  changesOf,
  configKey,
  configOf,
  draftOf,
  grouped,
  NO_EDITS,
  parameterError,
  type SettingsDraft,
  type SettingsEdits,
} from './settings-draft'

/** Everything about a detector that can be chosen, with preview, history and the way back. */
export function DetectorSettings({ detectorId }: { readonly detectorId: string }) {
  const { data, error, isPending, refetch, isRefetching } = useQuery(detectorOptions(detectorId))
  if (isPending) return <SkeletonRows rows={6} label="Loading the settings" />
  if (data === undefined)
    return (
      <ErrorPanel
        title="The settings could not be loaded"
        detail={failureOf(error).detail}
        requestId={failureOf(error).requestId}
        onRetry={() => void refetch()}
        retrying={isRefetching}
      />
    )
  return <SettingsForm detector={data.detector} onReload={() => void refetch()} />
}

interface SettingsFormProps {
  readonly detector: DetectorSettingsView
  readonly onReload: () => void
}

function SettingsForm({ detector, onReload }: SettingsFormProps) {
  const refusal = useRefusal('detector:manage')
  const [edits, setEdits] = useState<SettingsEdits>(NO_EDITS)
  const draft = draftOf(detector, edits)
  const [isSaving, setSaving] = useState(false)
  const save = useChangeDetector(detector.id)
  const preview = usePreview(detector.id)
  const changes = changesOf(detector, draft)
  const isInvalid = detector.parameters.some((parameter) => parameterError(parameter, draft.texts[parameter.id] ?? '') !== null)
  const config = configOf(detector, draft)
  const isPreviewOfThis = preview.of !== null && configKey(preview.of) === configKey(config)
  const result = isPreviewOfThis ? (preview.view?.result ?? null) : null
  const fields = save.error === null ? {} : failureOf(save.error).fields
  const blocked = isInvalid ? 'Mend the fields that are marked first.' : changes.length === 0 ? 'Change a setting first.' : null
  const submit = (reason: string, acceptedLosses: number) =>
    save.mutate(
      { ...config, expectedVersion: detector.version, reason, acceptedLosses },
      {
        onSuccess: ({ running }) => {
          setSaving(false)
          setEdits(NO_EDITS)
          showToast({
            title: 'Settings saved',
            description: running ? 'The engine runs with them now.' : 'The engine is down and takes them up when it starts.',
          })
        },
        onError: (error) => {
          if (failureOf(error).code === 'conflict') onReload()
        },
      },
    )
  return (
    <>
      <StateLine detector={detector} draft={draft} refusal={refusal} onToggle={() => setEdits({ ...edits, enabled: !draft.enabled })} />
      <PresetList
        detector={detector}
        draft={draft}
        refusal={refusal}
        onFill={(texts) => setEdits({ ...edits, texts: { ...edits.texts, ...texts } })}
      />
      <Panel
        id="settings"
        title="Settings"
        description={refusal === null ? 'Every change needs a reason and is written to the audit log.' : `You can read them. ${refusal}`}
      >
        {grouped(detector.parameters).map((group) => (
          <section key={group.title} aria-label={group.title} className="mb-4">
            <h3 className="eyebrow m-0 mb-1">{group.title}</h3>
            {group.parameters.map((parameter) => (
              <ParameterField
                key={parameter.id}
                parameter={parameter}
                text={draft.texts[parameter.id] ?? ''}
                onText={(text) => setEdits({ ...edits, texts: { ...edits.texts, [parameter.id]: text } })}
                refusal={refusal}
                serverError={fields[`values.${parameter.id}`] ?? null}
              />
            ))}
          </section>
        ))}
      </Panel>
      {detector.exceptionSupport === null ? null : (
        <Panel id="exceptions" title="Exceptions" description={detector.exceptionSupport.label}>
          <ExceptionsEditor
            support={detector.exceptionSupport}
            exceptions={draft.exceptions}
            refusal={refusal}
            onChange={(exceptions) => setEdits({ ...edits, exceptions })}
          />
        </Panel>
      )}
      {refusal === null ? (
        <Panel id="preview" title="Preview" description="What the settings in this form would have raised and dropped. Nothing is saved.">
          <PreviewPanel
            view={preview.view}
            isRunning={preview.isRunning}
            error={preview.error}
            isStale={!isPreviewOfThis}
            disabledReason={blocked}
            onStart={(days) => preview.start({ ...config, days })}
            onCancel={preview.cancel}
          />
        </Panel>
      ) : null}
      <Panel id="history" title="History" description="Changes of these settings, newest first.">
        <ChangeHistory detector={detector} refusal={refusal} />
      </Panel>
      {changes.length === 0 || refusal !== null ? null : (
        <div
          role="toolbar"
          aria-label="Unsaved settings"
          className="sticky bottom-[calc(var(--bar)+env(safe-area-inset-bottom))] z-20 flex flex-wrap items-center gap-2 rounded-md border border-line-strong/60 bg-raised px-4 py-2 shadow-float sm:bottom-3"
        >
          <p className="m-0 min-w-0 flex-1 basis-40 text-sm">
            <strong className="font-semibold">{plural(changes.length, 'change')}</strong> not saved
            {result === null ? '' : `: ${result.added.count} more, ${result.dropped.count} fewer alarms`}
          </p>
          <Button onClick={() => setEdits(NO_EDITS)}>Discard</Button>
          <Button variant="primary" disabledReason={isInvalid ? blocked : null} onClick={() => setSaving(true)}>
            Save…
          </Button>
        </div>
      )}
      <SaveDialog
        open={isSaving}
        onOpenChange={setSaving}
        changes={changes}
        losses={result?.lostTruePositives ?? null}
        pending={save.isPending}
        error={save.error === null ? null : failureOf(save.error).detail}
        onSave={submit}
      />
    </>
  )
}

interface StateLineProps {
  readonly detector: DetectorSettingsView
  readonly draft: SettingsDraft
  readonly refusal: string | null
  readonly onToggle: () => void
}

function StateLine({ detector, draft, refusal, onToggle }: StateLineProps) {
  return (
    <div className="mb-4 flex flex-wrap items-center gap-3">
      {detector.enabled ? null : (
        <Notice tone="danger" className="flex-1 basis-72">
          <strong>This detector is switched off</strong>
          {detector.enabledTouched === null ? '' : ` by ${detector.enabledTouched.byName}: ${detector.enabledTouched.reason}`}. It raises no
          alarms, whatever comes in.
        </Notice>
      )}
      <Button icon={draft.enabled ? 'minus' : 'check'} disabledReason={refusal} onClick={onToggle}>
        {draft.enabled ? 'Switch off' : 'Switch on'}
      </Button>
    </div>
  )
}
