import { z } from 'zod'
import { ROLES } from '@/lib/domain/permission'
import { passwordSchema, userEmailSchema, userNameSchema } from '@/lib/domain/user-fields'

export const userSchema = z.strictObject({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  disabled: z.boolean(),
  createdAt: z.number(),
})
export type User = z.infer<typeof userSchema>

/** GET /api/v1/users (admin) */
export const ListUsersResponse = z.strictObject({ users: z.array(userSchema) })
export type ListUsersResponse = z.infer<typeof ListUsersResponse>
/** POST /api/v1/users (admin) */
export const CreateUserBody = z.strictObject({
  name: userNameSchema,
  email: userEmailSchema,
  role: z.enum(ROLES),
  password: passwordSchema,
})
export type CreateUserBody = z.infer<typeof CreateUserBody>
export const UserResponse = z.strictObject({ user: userSchema })
export type UserResponse = z.infer<typeof UserResponse>
/** `{id}` of PATCH /api/v1/users/{id}. */
export const UserParams = z.object({ userId: z.string().min(1).max(100) })
/** PATCH /api/v1/users/{id} (admin): role, or disable and end all sessions. The last active admin cannot be changed. */
export const UpdateUserBody = z.strictObject({ role: z.enum(ROLES).optional(), disabled: z.boolean().optional() })

/** POST /api/v1/setup — first run only: creates the first admin; refused (409) once any user exists. */
export const SetupBody = CreateUserBody.omit({ role: true }).extend({
  /** Printed by `npm start` as part of the set-up address; proves that the caller started the server. */
  token: z.string(),
})
export type SetupBody = z.infer<typeof SetupBody>

/** GET /api/v1/me */
export const MeResponse = z.strictObject({ user: userSchema })

export type MeResponse = z.infer<typeof MeResponse>
