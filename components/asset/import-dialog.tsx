'use client'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { plural } from '@/components/ui/format'
import { InertText } from '@/components/ui/inert-text'
import { Notice } from '@/components/ui/notice'
import { showToast } from '@/components/ui/toast'
import { type ImportAssetsResponse, MAX_POSTED_CSV } from '@/lib/api/contracts/assets'
import { useImportAssets } from '@/lib/queries/assets'
import { failureOf } from '@/lib/queries/failure'

interface ImportDialogProps {
  readonly open: boolean
  readonly onClose: () => void
}

export function ImportDialog({ open, onClose }: ImportDialogProps) {
  return (
    <Dialog
      open={open}
      onOpenChange={(next) => {
        if (!next) onClose()
      }}
      title="Import assets"
      description="A CSV file whose first line is address,name,roles. Roles are separated by “;”: resolver, dns-forwarder, mail-server, scanner, monitoring, own-zone. Assets that are not in the file stay."
    >
      <ImportForm onDone={onClose} />
    </Dialog>
  )
}

const words = ({ added, changed, unchanged }: ImportAssetsResponse): string =>
  `${added} to add, ${changed} to change, ${unchanged} as they are`

const refusalOf = (checked: ImportAssetsResponse | undefined): string => {
  if (checked === undefined) return 'Choose a file first.'
  return checked.problemCount > 0 ? 'Mend the lines above first.' : 'There is nothing in the file to store.'
}

function ImportForm({ onDone }: { readonly onDone: () => void }) {
  const [csv, setCsv] = useState<string | null>(null)
  const [tooLarge, setTooLarge] = useState(false)
  const check = useImportAssets()
  const store = useImportAssets()
  const choose = async (file: File | undefined) => {
    check.reset()
    store.reset()
    setCsv(null)
    if (file === undefined) return
    const large = file.size > MAX_POSTED_CSV
    setTooLarge(large)
    if (large) return
    const text = await file.text()
    setCsv(text)
    check.mutate({ csv: text, dryRun: true })
  }
  const failure = check.error ?? store.error
  const checked = check.data
  const isReady = checked !== undefined && checked.problemCount === 0 && checked.added + checked.changed > 0
  const submit = () => {
    if (csv === null || !isReady) return
    store.mutate(
      { csv, dryRun: false },
      {
        onSuccess: ({ added, changed }) => {
          showToast({ title: `${plural(added, 'asset')} added, ${changed} changed` })
          onDone()
        },
      },
    )
  }
  return (
    <div className="flex flex-col gap-4">
      <label className="flex flex-col gap-1 font-medium text-sm">
        CSV file
        <input
          type="file"
          accept=".csv,text/csv,text/plain"
          className="w-full min-w-0 font-normal text-sm file:mr-3 file:h-8 file:cursor-pointer file:rounded-md file:border file:border-line-strong/55 file:border-solid file:bg-surface file:px-3 file:font-medium file:text-ink"
          onChange={(event) => void choose(event.target.files?.[0])}
        />
      </label>
      {tooLarge ? (
        <Notice tone="danger">The file is larger than {MAX_POSTED_CSV / 1_000} kB. Import it with “dowser assets import FILE”.</Notice>
      ) : null}
      {failure ? <Notice tone="danger">{failureOf(failure).detail}</Notice> : null}
      {checked === undefined ? null : checked.problemCount === 0 ? (
        <p className="m-0 text-sm" role="status">
          Nothing is stored yet: {words(checked)}.
        </p>
      ) : (
        <section aria-label="Lines that cannot be taken" className="flex flex-col gap-2">
          <Notice tone="danger">
            {checked.problemCount === 1 ? 'One line' : `${checked.problemCount} lines`} cannot be taken. Nothing is stored until all can.
          </Notice>
          <ul className="m-0 max-h-56 list-none overflow-y-auto rounded-sm border border-line p-0 text-sm">
            {checked.problems.map(({ line, message }) => (
              <li key={line} className="border-line border-b px-3 py-1.5 last:border-b-0">
                <span className="font-medium">Line {line}:</span> <InertText text={message} limit={300} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onDone}>Cancel</Button>
        <Button
          variant="primary"
          pending={check.isPending || store.isPending}
          disabledReason={isReady ? null : refusalOf(checked)}
          onClick={submit}
        >
          Import
        </Button>
      </div>
    </div>
  )
}
