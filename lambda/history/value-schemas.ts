import * as z from 'zod';
import { ROOT_ATTRIBUTES } from '../connection/setting';

// Whoever can write to the history must not be able to make a run write anything but one of three values, or none.
export const connectionId = z.string().regex(/^con_[A-Za-z0-9]{1,64}$/);
export const runId = z.string().regex(/^[A-Za-z0-9-]{1,64}$/);
export const rawValue = z.enum(ROOT_ATTRIBUTES).nullable();
