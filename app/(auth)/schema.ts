import { z } from "zod";

const Email = z.string().trim().max(254).pipe(z.email("Enter an e-mail address, like name@example.com."));

// bcrypt reads no further than 72 bytes.
const NewPassword = z
  .string()
  .min(10, "Use at least 10 characters.")
  .refine((text) => new TextEncoder().encode(text).length <= 72, "Use at most 72 characters.");

/** What each sign-in form sends. `next` is where to go afterwards; it is made safe where it is used. */
export const SignIn = z.object({
  email: Email,
  password: z.string().min(1, "Enter your password."),
  next: z.string().optional(),
});

export const SignUp = z.object({
  name: z.string().trim().min(1, "Enter your name.").max(80, "Use at most 80 characters."),
  email: Email,
  password: NewPassword,
  next: z.string().optional(),
});

export const EmailOnly = z.object({ email: Email, next: z.string().optional() });

export const ResetPassword = z
  .object({ password: NewPassword, again: z.string() })
  .refine((form) => form.password === form.again, { path: ["again"], message: "The two don't match." });
