'use client'
import { Button } from '@/components/ui/button'
import { Checkbox } from '@/components/ui/checkbox'
import { InertText } from '@/components/ui/inert-text'
import { TextField } from '@/components/ui/text-field'
import { TimeText } from '@/components/ui/time-text'
import type { DetectorParameter } from '@/lib/api/contracts/detectors'
import { isSwitch, numberOf, parameterError, unitText } from './settings-draft'

interface ParameterFieldProps {
  readonly parameter: DetectorParameter
  readonly text: string
  readonly onText: (text: string) => void
  /** Why it cannot be changed; null when it can. */
  readonly refusal: string | null
  /** What the server said about it. */
  readonly serverError: string | null
}

/** One setting with what it is by default and why, its bounds, who changed it, and the way back. */
export function ParameterField({ parameter, text, onText, refusal, serverError }: ParameterFieldProps) {
  const { label, default: standard, min, max, reason, touched } = parameter
  const isChanged = numberOf(text) !== parameter.value
  const isDefault = numberOf(text) === standard
  const facts = isSwitch(parameter)
    ? `Default ${standard === 1 ? 'on' : 'off'}.`
    : `Default ${standard}${unitText(parameter)}, ${min} to ${max}.`
  const error = parameterError(parameter, text) ?? serverError
  return (
    <div className="grid gap-x-6 gap-y-1 border-line border-t py-3 first:border-t-0 md:grid-cols-[minmax(0,17rem)_minmax(0,1fr)]">
      <div className="min-w-0">
        {isSwitch(parameter) ? (
          <Checkbox
            label={label.replace(/ \(1 yes, 0 no\)$/, '')}
            checked={text === '1'}
            onCheckedChange={(on) => onText(on ? '1' : '0')}
            disabled={refusal !== null}
            error={error}
          />
        ) : (
          <TextField
            label={`${label}${unitText(parameter) === '' ? '' : ` (${parameter.unit})`}`}
            value={text}
            onValueChange={onText}
            inputMode={parameter.whole ? 'numeric' : 'decimal'}
            autoComplete="off"
            readOnly={refusal !== null}
            error={error}
            mono
          />
        )}
      </div>
      <div className={`min-w-0 text-sm ${isSwitch(parameter) ? 'md:pt-1' : 'md:pt-5'}`}>
        <p className="m-0 text-muted">
          <span className="tabular font-medium text-ink">{facts}</span> {reason}
        </p>
        <p className="m-0 flex flex-wrap items-center gap-x-3 gap-y-1 text-faint text-xs">
          {isChanged ? <span className="font-medium text-accent">Not saved yet</span> : null}
          {touched === null ? null : (
            <span>
              Changed by <InertText text={touched.byName} limit={40} /> <TimeText at={touched.at} relative />:{' '}
              <InertText text={touched.reason} limit={120} />
            </span>
          )}
          {isDefault || refusal !== null ? null : (
            <Button size="sm" variant="ghost" icon="undo" aria-label={`Default of ${label}`} onClick={() => onText(String(standard))}>
              Back to {isSwitch(parameter) ? (standard === 1 ? 'on' : 'off') : standard}
            </Button>
          )}
        </p>
      </div>
    </div>
  )
}
