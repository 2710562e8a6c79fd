import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseEnv, trustedOrigins } from './env'

describe('settings', () => {
  it('have defaults that need no file', () => {
    expect(parseEnv({ HOME: '/root' })).toEqual({
      dataDir: resolve('data'),
      port: 3000,
      host: '127.0.0.1',
      url: 'http://localhost:3000',
      secret: null,
      extraOrigins: [],
    })
  })

  it('follow the port, and take an empty one for none', () => {
    expect(parseEnv({ PORT: '8080', DOWSER_URL: '' }).url).toBe('http://localhost:8080')
  })

  it('reduce addresses to origins', () => {
    const settings = parseEnv({
      DOWSER_URL: 'https://dns.example/console/',
      DOWSER_TRUSTED_ORIGINS: 'http://a.example, http://b.example:81/',
    })
    expect(settings.url).toBe('https://dns.example')
    expect(trustedOrigins(settings)).toEqual(['https://dns.example', 'http://a.example', 'http://b.example:81'])
  })

  it('name everything that cannot be used', () => {
    const bad = { PORT: '99999', DOWSER_URL: 'javascript:alert(1)', DOWSER_SECRET: 'short', DOWSER_TRUSTED_ORIGINS: 'nonsense' }
    for (const name of Object.keys(bad)) expect(() => parseEnv(bad)).toThrow(`${name}: `)
  })

  it('take both spellings of the loopback address, on the same port only', () => {
    expect(trustedOrigins({ url: 'http://localhost:3000', extraOrigins: [] })).toEqual([
      'http://localhost:3000',
      'http://127.0.0.1:3000',
      'http://[::1]:3000',
    ])
  })
})
