/** Stroke paths on a 16 × 16 grid; drawn in the colour of the text around them. */
const PATHS = {
  alarm: 'M8 2.5a4 4 0 0 0-4 4v2.6L2.8 11.5h10.4L12 9.1V6.5a4 4 0 0 0-4-4ZM6.5 13.5a1.6 1.6 0 0 0 3 0',
  allowlist: 'M8 1.8 13 3.7v4c0 3-2 5.3-5 6.5-3-1.2-5-3.5-5-6.5v-4L8 1.8ZM5.8 8l1.6 1.6 3-3.2',
  coverage: 'M2.5 2.5h4v4h-4zM9.5 2.5h4v4h-4zM2.5 9.5h4v4h-4zM9.5 9.5h4v4h-4z',
  detectors:
    'M3 4.5h5M12 4.5h1M10 6.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4ZM3 11.5h1M8 11.5h5M6 13.2a1.7 1.7 0 1 0 0-3.4 1.7 1.7 0 0 0 0 3.4Z',
  audit: 'M3.5 1.8h5.7l3.3 3.3v9.1h-9zM5.8 8.7l1.5 1.5 2.9-3',
  sources: 'M2.5 9.5v2.8c0 .7.5 1.2 1.2 1.2h8.6c.7 0 1.2-.5 1.2-1.2V9.5M8 10V2.5M5 5.3 8 2.3l3 3',
  users:
    'M6 7.5a2.6 2.6 0 1 0 0-5.2 2.6 2.6 0 0 0 0 5.2ZM1.5 13.5c.3-2.6 2-4 4.5-4s4.2 1.4 4.5 4M10.5 7.3a2.3 2.3 0 0 0 .3-4.6M12 9.8c1.5.5 2.3 1.8 2.5 3.7',
  user: 'M8 8a2.9 2.9 0 1 0 0-5.8A2.9 2.9 0 0 0 8 8ZM2.8 13.8c.4-2.6 2.3-4 5.2-4s4.8 1.4 5.2 4',
  close: 'm4 4 8 8M12 4l-8 8',
  check: 'm3 8.5 3.2 3.2L13 4.8',
  'chevron-down': 'm4.5 6.5 3.5 3.5 3.5-3.5',
  'chevron-right': 'm6.5 4.5 3.5 3.5-3.5 3.5',
  'chevron-left': 'M9.5 4.5 6 8l3.5 3.5',
  'up-down': 'm5 6 3-3 3 3M5 10l3 3 3-3',
  command: 'M3 4.2 6.8 8 3 11.8M8.2 12.2H13',
  search: 'M7 11.5a4.5 4.5 0 1 0 0-9 4.5 4.5 0 0 0 0 9ZM10.3 10.3l3.2 3.2',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  upload: 'M8 10.5v-8M4.8 5.5 8 2.3l3.2 3.2M2.5 13.5h11',
  download: 'M8 2.5v8M4.8 7.5 8 10.7l3.2-3.2M2.5 13.5h11',
  warning: 'M8 2.3 14.2 13H1.8L8 2.3ZM8 6.5v3M8 11.2v.1',
  info: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 7.3v3.5M8 5.1v.1',
  error: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8v3.8M8 11v.1',
  lock: 'M3.5 7.5h9v6h-9zM5.3 7.5V5.2a2.7 2.7 0 0 1 5.4 0v2.3',
  clock: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM8 4.8V8l2.2 1.6',
  trash: 'M2.8 4.3h10.4M6.3 4.3v-2h3.4v2M4 4.3l.6 9.2h6.8l.6-9.2M6.7 6.8v4.2M9.3 6.8v4.2',
  external: 'M6.5 3.5h-4v10h10v-4M9.5 2.5h4v4M13.2 2.8 7.5 8.5',
  sun: 'M8 10.8a2.8 2.8 0 1 0 0-5.6 2.8 2.8 0 0 0 0 5.6ZM8 1.5v1.3M8 13.2v1.3M1.5 8h1.3M13.2 8h1.3M3.4 3.4l.9.9M11.7 11.7l.9.9M12.6 3.4l-.9.9M4.3 11.7l-.9.9',
  moon: 'M13.3 9.6A5.6 5.6 0 0 1 6.4 2.7a5.6 5.6 0 1 0 6.9 6.9Z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  play: 'M5 3.2l7.5 4.8L5 12.8z',
  display: 'M2 2.8h12v8H2zM5.5 13.5h5M8 10.8v2.7',
  'sign-out': 'M6.5 13.5h-4v-11h4M6.3 8h7M10.5 4.8 13.7 8l-3.2 3.2',
  more: 'M3.5 8h.01M8 8h.01M12.5 8h.01',
  filter: 'M2 3.5h12M4.5 8h7M6.5 12.5h3',
  undo: 'M2.8 6h6.7a3.5 3.5 0 0 1 0 7H6M5.5 3.2 2.7 6l2.8 2.8',
  escalate: 'M8 13.5v-10M4 7.3l4-4 4 4M3 13.5h10',
  note: 'M3 2.5h10v11H3zM5.5 6h5M5.5 8.5h5M5.5 11h3',
  arrow: 'M2.5 8h11M9.5 4 13.5 8l-4 4',
  eye: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8ZM8 9.8a1.8 1.8 0 1 0 0-3.6 1.8 1.8 0 0 0 0 3.6Z',
  'eye-off':
    'M3 3l10 10M6.3 3.7A7 7 0 0 1 8 3.5c4 0 6.5 4.5 6.5 4.5a12 12 0 0 1-1.8 2.3M9.6 12.3a6 6 0 0 1-1.6.2C4 12.5 1.5 8 1.5 8a12 12 0 0 1 2.3-2.8',
  file: 'M3.5 1.8h5.7l3.3 3.3v9.1h-9zM9 1.8v3.5h3.5',
  refresh: 'M13.5 8a5.5 5.5 0 1 1-1.6-3.9M13.5 2v3.2h-3.2',
} as const
export type IconName = keyof typeof PATHS

/** Decorative: the control around it carries the name. */
export function Icon({ name, size = 16, className }: { readonly name: IconName; readonly size?: number; readonly className?: string }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className ?? 'shrink-0'}
    >
      <path d={PATHS[name]} />
    </svg>
  )
}
