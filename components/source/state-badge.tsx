import { Badge } from '@/components/ui/badge'
import { Icon } from '@/components/ui/icon'
import type { LogSource, LogSourceHealth } from '@/lib/domain/log-source'
import { stateLook } from './log-source-state'

export function StateBadge({ source, health }: { readonly source: LogSource; readonly health: LogSourceHealth | null }) {
  const { label, tone, icon } = stateLook(source, health)
  return (
    <Badge tone={tone}>
      <Icon name={icon} size={12} />
      {label}
    </Badge>
  )
}
