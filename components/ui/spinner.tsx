/** `label` is announced; leave it out where the words beside it already say what is going on. */
export function Spinner({ size = 16, label }: { readonly size?: number; readonly label?: string }) {
  return (
    <span role={label ? 'status' : undefined} className="inline-flex">
      <svg aria-hidden="true" width={size} height={size} viewBox="0 0 16 16" fill="none" className="animate-spin">
        <circle cx="8" cy="8" r="6" stroke="currentColor" strokeOpacity="0.22" strokeWidth="2" />
        <path d="M14 8a6 6 0 0 0-6-6" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
      </svg>
      {label ? <span className="sr-only">{label}</span> : null}
    </span>
  )
}
