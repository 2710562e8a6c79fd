interface OpenAlarmsProps {
  /** null while unknown. */
  readonly count: number | null
}

/** The number on the queue's icon. */
export function OpenAlarmsCount({ count }: OpenAlarmsProps) {
  if (!count) return null
  return (
    <span
      aria-hidden="true"
      className="tabular -top-2 absolute left-[22px] min-w-4 rounded-full bg-ink px-1 text-center font-semibold text-canvas text-xs leading-4"
    >
      {count > 999 ? '999+' : count}
    </span>
  )
}

/** The same, as part of the link's name. */
export const OpenAlarmsWords = ({ count }: OpenAlarmsProps) => (count === null ? null : <span className="sr-only">, {count} open</span>)
