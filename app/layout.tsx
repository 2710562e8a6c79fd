import type { Metadata, Viewport } from 'next'
import localFont from 'next/font/local'
import { cookies, headers } from 'next/headers'
import { DENSITY_COOKIE, isDensity } from '@/components/shell/density'
import { isTheme, THEME_COOKIE, themeAttribute } from '@/components/shell/theme'
import { preferenceCookie } from '@/components/ui/preference'
import { Providers } from './providers'
import './globals.css'

const inter = localFont({
  src: [
    { path: './fonts/inter-latin-wght-normal.woff2', weight: '100 900', style: 'normal' },
    { path: './fonts/inter-latin-wght-italic.woff2', weight: '100 900', style: 'italic' },
  ],
  variable: '--font-inter',
  display: 'swap',
})

export const metadata: Metadata = {
  title: { default: 'Dowser', template: '%s · Dowser' },
  description: 'Finds DNS tunnels in the logs you already have.',
  robots: { index: false, follow: false },
}

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  viewportFit: 'cover',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f8fa' },
    { media: '(prefers-color-scheme: dark)', color: '#0d1015' },
  ],
}

export default async function RootLayout({ children }: LayoutProps<'/'>) {
  // Reading the nonce renders every page per request, which the policy needs anyway.
  const nonce = (await headers()).get('x-nonce') ?? undefined
  const jar = await cookies()
  const theme = jar.get(THEME_COOKIE)?.value
  const density = jar.get(DENSITY_COOKIE)?.value
  return (
    // Theme and density come from cookies, so the first paint is right without a script.
    <html
      lang="en"
      className={inter.variable}
      data-theme={isTheme(theme) ? themeAttribute(theme) : undefined}
      data-density={isDensity(density) ? density : undefined}
    >
      <body>
        <Providers
          nonce={nonce}
          clockMode={jar.get(preferenceCookie('clock'))?.value === 'utc' ? 'utc' : 'local'}
          zone={jar.get(preferenceCookie('zone'))?.value ?? null}
          renderedAt={Date.now()}
        >
          {children}
        </Providers>
      </body>
    </html>
  )
}
