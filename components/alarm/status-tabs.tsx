'use client'

import { Tabs } from '@/components/ui/tabs'
import { ALARM_STATUSES, type AlarmStatus } from '@/lib/domain/alarm-status'

const TABS = [
  { value: 'open', label: 'Open', statuses: ['open'] },
  { value: 'escalated', label: 'Escalated', statuses: ['escalated'] },
  { value: 'closed', label: 'Closed', statuses: ['closed'] },
  { value: 'suppressed', label: 'Suppressed', statuses: ['suppressed'] },
  { value: 'all', label: 'All', statuses: ALARM_STATUSES },
] as const satisfies readonly { value: string; label: string; statuses: readonly AlarmStatus[] }[]

const isSame = (a: readonly AlarmStatus[], b: readonly AlarmStatus[]) => a.length === b.length && a.every((each) => b.includes(each))

export const statusTabOf = (statuses: readonly AlarmStatus[]) => TABS.find((tab) => isSame(tab.statuses, statuses))

interface StatusTabsProps {
  readonly value: readonly AlarmStatus[]
  readonly counts: Readonly<Record<string, number>> | undefined
  readonly onChange: (statuses: AlarmStatus[]) => void
}

/** Where alarms are in their life, with how many are there under the same filters. */
export function StatusTabs({ value, counts, onChange }: StatusTabsProps) {
  const countOf = (statuses: readonly AlarmStatus[]) => statuses.reduce((sum, status) => sum + (counts?.[status] ?? 0), 0)
  return (
    <Tabs
      label="Status"
      value={statusTabOf(value)?.value ?? 'custom'}
      onValueChange={(next) => onChange([...(TABS.find((tab) => tab.value === next)?.statuses ?? ['open'])])}
      tabs={TABS.map((tab) => ({ value: tab.value, label: tab.label, ...(counts && { count: countOf(tab.statuses) }) }))}
    />
  )
}
