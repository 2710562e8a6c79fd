import { inertText } from '@/components/ui/inert-text'

/** `a.evil.example` → `a[.]evil[.]example`: no program makes a link of it. Control and bidi characters become visible escapes. */
export const defang = (name: string): string => inertText(name).replaceAll('.', '[.]').replace(/^http/i, 'hxxp')
