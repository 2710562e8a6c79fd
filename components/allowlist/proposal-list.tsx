'use client'

import { useQuery } from '@tanstack/react-query'
import Link from 'next/link'
import { useRefusal } from '@/components/shell/current-user'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { InertText } from '@/components/ui/inert-text'
import { NameText } from '@/components/ui/name-text'
import { showToast } from '@/components/ui/toast'
import type { AllowlistProposal } from '@/lib/domain/allowlist-proposal'
import { useAddAllowlistEntry } from '@/lib/queries/allowlist'
import { proposalsOptions, useDismissProposal } from '@/lib/queries/allowlist-proposals'
import { failureOf } from '@/lib/queries/failure'

const DAYS = 90

/** Entries that experience speaks for. Nothing is added by itself; without any, the section is absent. */
export function ProposalList() {
  const { data } = useQuery(proposalsOptions())
  const proposals = data?.proposals ?? []
  if (proposals.length === 0) return null
  return (
    <section aria-labelledby="proposals" className="flex flex-col gap-2">
      <div>
        <h2 id="proposals" className="m-0 font-semibold text-lg">
          Proposed
        </h2>
        <p className="m-0 text-muted text-sm">
          Domains that many sources ask steadily and whose alarms were put aside again and again. Nothing is added until a person does.
        </p>
      </div>
      <ul className="m-0 list-none rounded-md border border-line bg-surface p-0">
        {proposals.map((proposal) => (
          <ProposalLine key={proposal.domain} proposal={proposal} />
        ))}
      </ul>
    </section>
  )
}

function ProposalLine({ proposal }: { readonly proposal: AllowlistProposal }) {
  const { domain, family, evidence, warnings, alarmId } = proposal
  const refusal = useRefusal('allowlist:manage')
  const add = useAddAllowlistEntry()
  const dismiss = useDismissProposal()
  const report = (error: Error) => showToast({ title: 'Not stored', description: failureOf(error).detail, tone: 'danger' })
  const approve = () =>
    add.mutate(
      { domain, source: null, detector: null, reason: `Proposed: ${evidence.join(' ')}`.slice(0, 500), family, days: DAYS },
      {
        onSuccess: ({ hiddenAlarms }) => showToast({ title: `${domain} added`, description: `Hides ${hiddenAlarms} open alarms.` }),
        onError: report,
      },
    )
  return (
    <li className="flex flex-wrap items-start gap-x-6 gap-y-2 border-line px-4 py-3 not-last:border-b">
      <div className="min-w-0 flex-1 basis-80">
        <p className="m-0 flex flex-wrap items-center gap-2">
          <strong className="wrap-anywhere font-semibold">
            <NameText name={domain} zone={domain} full />
          </strong>
          {family !== null && <Badge>{family.replaceAll('-', ' ')}</Badge>}
        </p>
        <ul className="m-0 mt-1 pl-5 text-muted text-sm">
          {evidence.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
          {warnings.map((warning) => (
            <li key={warning} className="text-warn">
              <InertText text={warning} />
            </li>
          ))}
          <li>
            <Link href={`/alarms/${encodeURIComponent(alarmId)}`} className="text-accent">
              The newest of these alarms
            </Link>
          </li>
        </ul>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button
          size="sm"
          variant="primary"
          disabledReason={refusal}
          pending={add.isPending}
          onClick={approve}
          aria-label={`Add ${domain} for ${DAYS} days`}
        >
          Add for {DAYS} days
        </Button>
        <Button
          size="sm"
          disabledReason={refusal}
          pending={dismiss.isPending}
          onClick={() => dismiss.mutate(domain, { onError: report })}
          aria-label={`Turn down the proposal for ${domain}`}
        >
          Turn down
        </Button>
      </div>
    </li>
  )
}
