import { apiFetch } from '@/lib/api/client'
import type { SetupBody, UserResponse } from '@/lib/api/contracts/users'

/** Why nobody could be signed in. */
export type SignInFailure =
  | { readonly kind: 'wrong' }
  | { readonly kind: 'disabled' }
  | { readonly kind: 'throttled'; readonly waitSeconds: number | null }
  | { readonly kind: 'origin' }
  | { readonly kind: 'unreachable' }

/** Signs in with e-mail and password. @returns null when it worked; the session is in an HttpOnly cookie. */
export async function signIn(email: string, password: string): Promise<SignInFailure | null> {
  const response = await post('/api/auth/sign-in/email', { email, password })
  if (response === null) return { kind: 'unreachable' }
  if (response.ok) return null
  const code = await codeOf(response)
  if (response.status === 429) return { kind: 'throttled', waitSeconds: waitOf(response) }
  if (response.status === 403) return { kind: code.includes('ORIGIN') ? 'origin' : 'disabled' }
  return response.status >= 500 ? { kind: 'unreachable' } : { kind: 'wrong' }
}

/** Ends the session on the server. @returns false when the server did not answer. */
export async function signOut(): Promise<boolean> {
  const response = await post('/api/auth/sign-out', {})
  return response?.ok ?? false
}

/** Why a new password was not taken. */
export type PasswordFailure = 'wrong' | 'refused' | 'throttled' | 'signed-out' | 'unreachable'

/** Changes the signed-in person's own password. @returns null when it worked. */
export async function changePassword(change: {
  readonly currentPassword: string
  readonly newPassword: string
  readonly revokeOtherSessions: boolean
}): Promise<PasswordFailure | null> {
  const response = await post('/api/auth/change-password', change)
  if (response === null || response.status >= 500) return 'unreachable'
  if (response.ok) return null
  if (response.status === 429) return 'throttled'
  if (response.status === 401) return 'signed-out'
  return (await codeOf(response)) === 'INVALID_PASSWORD' ? 'wrong' : 'refused'
}

/** Creates the first admin. @throws ApiError: 409 once any user exists, 403 for a wrong token, 422 naming bad fields. */
export const setUp = (body: SetupBody) => apiFetch<UserResponse>('/setup', { method: 'POST', json: body })

async function post(path: string, json: unknown): Promise<Response | null> {
  try {
    return await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(json),
    })
  } catch {
    return null
  }
}

async function codeOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null)
  return body !== null && typeof body === 'object' && 'code' in body && typeof body.code === 'string' ? body.code : ''
}

function waitOf(response: Response): number | null {
  const header = response.headers.get('x-retry-after') ?? response.headers.get('retry-after')
  const seconds = Number(header)
  return header !== null && Number.isFinite(seconds) && seconds > 0 ? Math.ceil(seconds) : null
}
