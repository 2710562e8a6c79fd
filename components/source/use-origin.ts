'use client'
import { useEffect, useState } from 'react'

/** The address this page was reached at; until the browser tells, the default of an installation. */
export function useOrigin(): string {
  const [origin, setOrigin] = useState('http://localhost:3000')
  useEffect(() => setOrigin(window.location.origin), [])
  return origin
}
