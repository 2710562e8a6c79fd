import { Badge, type Tone } from '@/components/ui/badge'
import type { EscalationStatus } from '@/lib/domain/escalation'
import { ESCALATION_STATUS_WORDS } from '@/lib/domain/escalation-timeline'

const TONES: Readonly<Record<EscalationStatus, Tone>> = { open: 'danger', contained: 'warn', resolved: 'neutral', 'handed-over': 'accent' }

export const EscalationStatusBadge = ({ status }: { readonly status: EscalationStatus }) => (
  <Badge tone={TONES[status]}>{ESCALATION_STATUS_WORDS[status]}</Badge>
)
