'use client'

import { Button } from '@/components/ui/button'
import { buttonClass } from '@/components/ui/button-class'
import { CopyButton } from '@/components/ui/copy-button'
import { formatCount } from '@/components/ui/format'
import { Icon } from '@/components/ui/icon'
import type { Alarm } from '@/lib/domain/alarm'
import { downloadText } from './csv'
import { defang } from './defang'
import { defangedText, type IndicatorGroup, indicatorsCsv, indicatorsOf } from './indicators'
import { Panel } from './panel'

const SHOWN = 3

/** What to search for elsewhere, ready to paste or to hand to another tool. */
export function IndicatorsPanel({ alarm }: { readonly alarm: Alarm }) {
  const groups = indicatorsOf(alarm)
  if (groups.length === 0) return null
  return (
    <Panel
      id="indicators"
      title="Indicators"
      description="To search for elsewhere. Shown and copied defanged; files hold them as they are."
      actions={
        <>
          <CopyButton showLabel label="Copy defanged" text={defangedText(groups)} />
          <Button
            size="sm"
            icon="download"
            onClick={() => downloadText(`${alarm.id}-indicators.csv`, 'text/csv;charset=utf-8', indicatorsCsv(alarm, groups))}
          >
            CSV
          </Button>
          <a
            href={`/api/v1/alarms/${encodeURIComponent(alarm.id)}/stix`}
            download={`${alarm.id}.stix.json`}
            className={buttonClass('secondary', 'sm')}
          >
            <Icon name="download" size={14} />
            STIX 2.1
          </a>
        </>
      }
    >
      <dl className="m-0 flex flex-col gap-2.5">
        {groups.map((group) => (
          <Group key={group.kind} group={group} />
        ))}
      </dl>
    </Panel>
  )
}

function Group({ group: { label, values } }: { readonly group: IndicatorGroup }) {
  const hidden = values.length - SHOWN
  return (
    <div className="min-w-0">
      <dt className="eyebrow">
        {label} ({formatCount(values.length)})
      </dt>
      {values.slice(0, SHOWN).map((value) => (
        <dd key={value} className="wrap-anywhere inert m-0 line-clamp-2 text-sm">
          {defang(value)}
        </dd>
      ))}
      {hidden > 0 && <dd className="m-0 text-muted text-sm">and {formatCount(hidden)} more, in the files</dd>}
    </div>
  )
}
